package io.github.djlctc.examples.common.train;

import io.github.djlctc.examples.common.ErrorText;
import io.github.djlctc.examples.common.data.TextLines;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The file {@code model.json} in the folder of a model, which holds its configuration. */
public final class ModelConfigFile {

    /** Its name. */
    public static final String NAME = "model.json";

    private static final Gson GSON = new GsonBuilder().setPrettyPrinting().create();

    private ModelConfigFile() {}

    /**
     * Reads the configuration.
     *
     * @param <C> the type of the configuration
     * @param folder the folder of the model
     * @param type the type of the configuration, a record that checks its values
     * @return the configuration
     * @throws IOException if there is no such file, or it is damaged or holds values out of range
     */
    public static <C> C read(Path folder, Class<C> type) throws IOException {
        Path file = folder.resolve(NAME);
        String json = TextLines.withoutMark(Files.readString(file));
        try {
            C config = GSON.fromJson(json, type);
            if (config == null) {
                throw new IOException(file + " is empty");
            }
            return config;
        } catch (RuntimeException e) {
            // Gson wraps what the constructors of records throw.
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new IOException(file + ": " + ErrorText.of(cause), e);
        }
    }

    static void write(Object config, Path folder) throws IOException {
        Files.writeString(folder.resolve(NAME), GSON.toJson(config) + "\n");
    }
}
