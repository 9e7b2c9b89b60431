package io.github.djlctc.monitor;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonDeserializer;
import com.google.gson.JsonParseException;
import com.google.gson.JsonPrimitive;
import com.google.gson.JsonSerializer;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The state of a monitor between two batches, which is kept as JSON.
 *
 * @param history the epochs that have ended
 * @param tally the epoch that has not
 * @param skipsInARow the steps skipped since the last that was taken
 * @param hasStepped whether a step has been taken
 */
record MonitorState(
        List<EpochStatistics> history, EpochTally tally, int skipsInARow, boolean hasStepped) {

    /** No learning rate. */
    private static final double UNKNOWN = -1;

    // Gson does not reach into Optional.
    private static final Gson GSON =
            new GsonBuilder()
                    .serializeSpecialFloatingPointValues()
                    .registerTypeAdapter(
                            Optional.class,
                            (JsonSerializer<Optional<String>>)
                                    (value, type, context) -> new JsonPrimitive(value.orElse("")))
                    .registerTypeAdapter(
                            Optional.class,
                            (JsonDeserializer<Optional<String>>)
                                    (json, type, context) ->
                                            Optional.of(json.getAsString())
                                                    .filter(path -> !path.isEmpty()))
                    .registerTypeAdapter(
                            OptionalDouble.class,
                            (JsonSerializer<OptionalDouble>)
                                    (value, type, context) ->
                                            new JsonPrimitive(value.orElse(UNKNOWN)))
                    .registerTypeAdapter(
                            OptionalDouble.class,
                            (JsonDeserializer<OptionalDouble>)
                                    (json, type, context) ->
                                            json.getAsDouble() == UNKNOWN
                                                    ? OptionalDouble.empty()
                                                    : OptionalDouble.of(json.getAsDouble()))
                    .create();

    static MonitorState parse(String json) {
        MonitorState state;
        try {
            state = GSON.fromJson(json, MonitorState.class);
        } catch (JsonParseException e) {
            throw new IllegalArgumentException("not the state of a monitor: " + json, e);
        }
        if (state == null || state.history == null || state.tally == null) {
            throw new IllegalArgumentException("not the state of a monitor: " + json);
        }
        return state;
    }

    String toJson() {
        return GSON.toJson(this);
    }
}
