package io.github.djlctc.examples.common.report;

import io.github.djlctc.examples.common.WordErrorUnit;
import io.github.djlctc.metric.ErrorCounts;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;

/**
 * JSON lines for other programs. Numbers that JSON cannot hold (infinite, or not a number) are
 * null.
 */
public final class JsonOutput {

    private static final Gson GSON =
            new GsonBuilder().serializeNulls().disableHtmlEscaping().create();

    private JsonOutput() {}

    /**
     * Starts an object that tells what it is about in {@code event}.
     *
     * @param kind the kind of event
     * @return the object, to be filled
     */
    public static JsonObject event(String kind) {
        JsonObject object = new JsonObject();
        object.addProperty("event", kind);
        return object;
    }

    /**
     * Writes a number.
     *
     * @param value any value
     * @return the number, or null if it is not finite
     */
    public static JsonElement number(double value) {
        return Double.isFinite(value) ? new JsonPrimitive(value) : JsonNull.INSTANCE;
    }

    /**
     * Writes error counts.
     *
     * @param counts the counts
     * @return an object of substitutions, deletions, insertions, the length of the reference and
     *     the rate
     */
    public static JsonObject counts(ErrorCounts counts) {
        JsonObject object = tree(counts).getAsJsonObject();
        object.add("rate", number(counts.rate()));
        return object;
    }

    /**
     * Adds the errors of words and characters to an object, and the {@linkplain
     * WordErrorUnit#note() note} of the unit.
     *
     * @param object takes {@code words}, {@code characters}, and if there is one {@code note}
     * @param unit the unit of the word errors
     * @param words the word errors
     * @param characters the character errors
     */
    public static void addErrors(
            JsonObject object, WordErrorUnit unit, ErrorCounts words, ErrorCounts characters) {
        object.add("words", counts(words));
        object.add("characters", counts(characters));
        unit.note().ifPresent(note -> object.addProperty("note", note));
    }

    /**
     * Converts an object to JSON.
     *
     * @param value a record or another object that Gson knows
     * @return its JSON
     */
    public static JsonElement tree(Object value) {
        return GSON.toJsonTree(value);
    }

    /**
     * Writes an object.
     *
     * @param object the object
     * @return its JSON in one line, without a line end
     */
    public static String line(JsonObject object) {
        return GSON.toJson(object);
    }
}
