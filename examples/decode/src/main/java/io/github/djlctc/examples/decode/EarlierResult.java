package io.github.djlctc.examples.decode;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

/** What an earlier run has written of an utterance, as far as it counts for the report. */
final class EarlierResult {

    private final String id;
    private final String text;
    private final String[] words;
    private final double[] confidences;

    /**
     * Reads what {@link ResultJson} wrote; of another object, the methods of {@link JsonObject}
     * throw.
     */
    EarlierResult(JsonObject object) {
        id = object.get("utt").getAsString();
        text = object.get("text").getAsString();
        JsonArray spans = object.get("words").getAsJsonArray();
        words = new String[spans.size()];
        confidences = new double[spans.size()];
        for (int i = 0; i < words.length; i++) {
            JsonObject span = spans.get(i).getAsJsonObject();
            words[i] = span.get("word").getAsString();
            confidences[i] = number(span.get("confidence"));
        }
    }

    String id() {
        return id;
    }

    String text() {
        return text;
    }

    String[] words() {
        return words;
    }

    double[] confidences() {
        return confidences;
    }

    private static double number(JsonElement value) {
        return value.isJsonNull() ? Double.NaN : value.getAsDouble();
    }
}
