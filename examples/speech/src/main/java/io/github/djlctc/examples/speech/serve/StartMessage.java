package io.github.djlctc.examples.speech.serve;

import io.github.djlctc.decode.Hotword;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.Strictness;

import java.util.List;
import java.util.Set;

/**
 * The first message of a stream.
 *
 * @param sampleRate samples per second of the sound that follows
 * @param hotwords phrases to favour
 */
record StartMessage(int sampleRate, List<Hotword> hotwords) {

    /** Those that microphones have: others would need large filters. */
    private static final Set<Integer> RATES =
            Set.of(
                    8000, 11_025, 12_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000, 88_200,
                    96_000, 176_400, 192_000);

    private static final Gson GSON = new GsonBuilder().setStrictness(Strictness.STRICT).create();

    /**
     * Reads any message.
     *
     * @throws Refusal if it is not an object
     */
    static JsonObject parse(String message) {
        try {
            JsonObject object = GSON.fromJson(message, JsonObject.class);
            if (object != null) {
                return object;
            }
        } catch (JsonParseException | NumberFormatException e) {
            // What the parser says is about positions in the text of a program; the remedy is not.
        }
        throw Refusal.badRequest("a message must be an object of JSON, or sound");
    }

    /**
     * Reads the first message.
     *
     * @throws Refusal if something is wrong with it
     */
    static StartMessage of(JsonObject message) {
        JsonElement rate = message.get("rate");
        if (rate == null || !rate.isJsonPrimitive() || !rate.getAsJsonPrimitive().isNumber()) {
            throw Refusal.badRequest("\"rate\" must be the samples per second of the sound");
        }
        double value = rate.getAsDouble();
        int whole = (int) value;
        if (whole != value || !RATES.contains(whole)) {
            throw Refusal.badRequest(
                    "\"rate\" is %s, but must be one of %s"
                            .formatted(rate, RATES.stream().sorted().toList()));
        }
        return new StartMessage(whole, HotwordRules.of(message.get("hotwords")));
    }
}
