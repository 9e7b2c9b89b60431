package io.github.djlctc.examples.common.data;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;

/** One object of a JSON lines file. */
public final class JsonLine {

    private final FileLine where;
    private final JsonObject object;

    JsonLine(FileLine where, JsonObject object) {
        this.where = where;
        this.object = object;
    }

    /** {@return the file and the line, such as {@code train.jsonl:17}} */
    public FileLine where() {
        return where;
    }

    /**
     * Tells whether the object has a key with a value other than null.
     *
     * @param key the key
     * @return whether it is there
     */
    public boolean has(String key) {
        return object.has(key) && !object.get(key).isJsonNull();
    }

    /**
     * Returns a string.
     *
     * @param key the key
     * @return its value
     * @throws JsonLineException if the key is missing, or its value is not a string
     */
    public String string(String key) throws JsonLineException {
        JsonPrimitive value = primitive(key);
        if (!value.isString()) {
            throw error("wrong type", "\"" + key + "\" is " + value + ", not a string");
        }
        return value.getAsString();
    }

    /**
     * Returns a number.
     *
     * @param key the key
     * @return its value, finite
     * @throws JsonLineException if the key is missing, or its value is not a finite number
     */
    public double number(String key) throws JsonLineException {
        JsonPrimitive value = primitive(key);
        if (!value.isNumber() || !Double.isFinite(value.getAsDouble())) {
            throw error("wrong type", "\"" + key + "\" is " + value + ", not a number");
        }
        return value.getAsDouble();
    }

    /**
     * Creates an exception about this line.
     *
     * @param reason the class of problem, in the same words for all lines that share it
     * @param detail what is wrong, with the values
     * @return the exception, for the caller to throw
     */
    public JsonLineException error(String reason, String detail) {
        return new JsonLineException(where.toString(), reason, detail);
    }

    private JsonPrimitive primitive(String key) throws JsonLineException {
        if (object.has(key) && !has(key)) {
            throw error("missing value", "\"" + key + "\" is null");
        }
        if (!has(key)) {
            throw error("missing key", "\"" + key + "\" is not there, only " + object.keySet());
        }
        JsonElement value = object.get(key);
        if (!value.isJsonPrimitive()) {
            throw error("wrong type", "\"" + key + "\" is " + value + ", not a single value");
        }
        return value.getAsJsonPrimitive();
    }
}
