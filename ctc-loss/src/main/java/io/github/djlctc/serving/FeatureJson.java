package io.github.djlctc.serving;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Reads features as JSON: a list of frames, each a list of F numbers, or an object that has it as
 * {@code features}.
 */
final class FeatureJson {

    private static final String FORMS =
            "a list of frames, each a list of numbers, such as [[0.1, 0.2], [0.3, 0.4]], an object"
                    + " {\"features\": such a list}, or the bytes of a NumPy file";

    private FeatureJson() {}

    /** Reads frames, at least one; they may differ in their numbers of values. */
    static float[][] read(byte[] bytes) {
        JsonElement json = parse(bytes);
        if (json.isJsonObject()) {
            json = json.getAsJsonObject().get("features");
        }
        if (json == null || !json.isJsonArray() || json.getAsJsonArray().isEmpty()) {
            throw new IllegalArgumentException("the request holds no features; send " + FORMS);
        }
        JsonArray frames = json.getAsJsonArray();
        float[][] features = new float[frames.size()][];
        for (int t = 0; t < features.length; t++) {
            features[t] = frame(frames.get(t), t);
        }
        return features;
    }

    private static JsonElement parse(byte[] bytes) {
        try {
            return JsonParser.parseString(
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
        } catch (CharacterCodingException | JsonParseException e) {
            throw new IllegalArgumentException("the request cannot be read; send " + FORMS, e);
        }
    }

    private static float[] frame(JsonElement json, int t) {
        if (!json.isJsonArray() || json.getAsJsonArray().isEmpty()) {
            throw new IllegalArgumentException("frame " + t + " is not a list of numbers");
        }
        JsonArray values = json.getAsJsonArray();
        float[] frame = new float[values.size()];
        for (int f = 0; f < frame.length; f++) {
            frame[f] = value(values.get(f));
            if (!Float.isFinite(frame[f])) {
                throw new IllegalArgumentException(
                        "frame %d, value %d is no number of single precision".formatted(t, f));
            }
        }
        return frame;
    }

    private static float value(JsonElement json) {
        boolean isNumber = json.isJsonPrimitive() && json.getAsJsonPrimitive().isNumber();
        return isNumber ? json.getAsFloat() : Float.NaN;
    }
}
