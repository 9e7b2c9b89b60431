package io.github.djlctc.examples.decode;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;

import java.io.IOException;
import java.nio.file.Path;

/** What an earlier run has written of an utterance, as far as it counts for the report. */
final class EarlierResult {

    private final String id;
    private final String text;
    private final String[] words;
    private final double[] confidences;

    private EarlierResult(JsonObject object) {
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

    /** Reads what {@link ResultJson} wrote. */
    static EarlierResult parse(String line, Path out) throws IOException {
        try {
            return new EarlierResult(JsonParser.parseString(line).getAsJsonObject());
        } catch (JsonParseException
                | IllegalStateException
                | NullPointerException
                | NumberFormatException
                | UnsupportedOperationException e) {
            throw new IOException(
                    "what an earlier run left of " + out + " is damaged; leave out --resume", e);
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
