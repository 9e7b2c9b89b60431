package io.github.djlctc.examples.decode;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

import java.util.stream.IntStream;

/** What an earlier run has written of an utterance, as far as it counts for the report. */
final class EarlierResult {

    private final String id;
    private final String text;
    private final JsonArray words;

    /**
     * Reads what {@link ResultJson} wrote; of another object, the methods of {@link JsonObject}
     * throw.
     */
    EarlierResult(JsonObject object) {
        id = object.get("utt").getAsString();
        text = object.get("text").getAsString();
        words = object.getAsJsonArray("words");
    }

    String id() {
        return id;
    }

    String text() {
        return text;
    }

    String[] words() {
        return IntStream.range(0, words.size())
                .mapToObj(i -> words.get(i).getAsJsonObject().get("word").getAsString())
                .toArray(String[]::new);
    }

    double[] confidences() {
        return IntStream.range(0, words.size())
                .mapToObj(i -> words.get(i).getAsJsonObject().get("confidence"))
                .mapToDouble(EarlierResult::number)
                .toArray();
    }

    private static double number(JsonElement value) {
        return value.isJsonNull() ? Double.NaN : value.getAsDouble();
    }
}
