package io.github.djlctc.examples.common.data;

import io.github.djlctc.file.InputFile;
import io.github.djlctc.file.JsonMistake;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.Strictness;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads JSON lines: a UTF-8 text file with one JSON object a line. Blank lines are passed over. */
public final class JsonLines {

    /** Takes the lines of a file. */
    @FunctionalInterface
    public interface LineReader {

        /**
         * Takes a line.
         *
         * @param line the object of the line
         * @throws JsonLineException if the line cannot be used
         */
        void read(JsonLine line) throws JsonLineException;
    }

    private static final Gson GSON = new GsonBuilder().setStrictness(Strictness.STRICT).create();

    private JsonLines() {}

    /**
     * Reads all lines. A line that is not a JSON object, or that the reader rejects, is handed to
     * {@code problems}, and reading goes on.
     *
     * @param file the file
     * @param example a line as it should be, for messages about files of other kinds
     * @param reader takes the lines
     * @param problems takes the lines that cannot be used
     * @throws IOException if the file cannot be read
     */
    public static void read(
            Path file, String example, LineReader reader, Consumer<JsonLineException> problems)
            throws IOException {
        // Latin-1 keeps the bytes as they are, so that each line can be decoded on its own.
        try (BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(InputFile.open(file), StandardCharsets.ISO_8859_1))) {
            int number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (line.isBlank()) {
                    continue;
                }
                try {
                    reader.read(parse(line, new FileLine(file, number), example));
                } catch (JsonLineException e) {
                    problems.accept(e);
                }
            }
        }
    }

    /**
     * Parses a line.
     *
     * @param line its bytes, a character for each
     */
    static JsonLine parse(String line, FileLine where, String example) throws JsonLineException {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.ISO_8859_1));
            String text = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
            String json = TextLines.withoutMark(text);
            Optional<String> other = otherKind(json.strip());
            if (other.isPresent()) {
                throw new JsonLineException(
                        where.toString(),
                        "bad JSON",
                        "this looks like "
                                + other.get()
                                + "; one JSON object a line is expected, such as "
                                + example);
            }
            return new JsonLine(where, GSON.fromJson(json, JsonObject.class));
        } catch (CharacterCodingException e) {
            throw new JsonLineException(where.toString(), "not UTF-8", "save the file as UTF-8");
        } catch (JsonParseException | ClassCastException e) {
            throw new JsonLineException(
                    where.toString(),
                    "bad JSON",
                    JsonMistake.of(e) + "; one JSON object a line is expected, such as " + example);
        }
    }

    /** Returns what a line is part of, if it does not hold an object. */
    private static Optional<String> otherKind(String line) {
        if (line.equals("{")) {
            return Optional.of("a JSON object over several lines");
        }
        if (line.startsWith("{")) {
            return Optional.empty();
        }
        if (line.startsWith("[")) {
            return Optional.of("a JSON array");
        }
        if (line.indexOf('\t') >= 0) {
            return Optional.of("tab-separated text");
        }
        return Optional.of(line.indexOf(',') >= 0 ? "comma-separated text (CSV)" : "no JSON");
    }
}
