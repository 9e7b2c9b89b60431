package io.github.djlctc.spark.program;

import io.github.djlctc.examples.common.command.Outcome;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The program, run in this JVM, and what it writes. */
final class SparkProgram {

    private SparkProgram() {}

    static Outcome run(List<?> arguments, Object... more) {
        return Outcome.of(
                SparkCommand.commandLine(),
                Stream.concat(arguments.stream(), Stream.of(more)).toArray());
    }

    /** Returns the objects of a folder of JSON lines, by one of their members. */
    static Map<String, JsonObject> read(Path folder, String id) throws IOException {
        Map<String, JsonObject> rows = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".json")).toList()) {
                if (file.getFileName().toString().startsWith("part-")) {
                    readLines(file, id, rows);
                }
            }
        }
        return rows;
    }

    private static void readLines(Path file, String id, Map<String, JsonObject> rows)
            throws IOException {
        for (String line : Files.readAllLines(file)) {
            JsonObject row = JsonParser.parseString(line).getAsJsonObject();
            if (rows.put(row.get(id).getAsString(), row) != null) {
                throw new IOException("repeated: " + row.get(id));
            }
        }
    }
}
