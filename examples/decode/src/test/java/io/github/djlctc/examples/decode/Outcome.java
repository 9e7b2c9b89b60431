package io.github.djlctc.examples.decode;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import com.google.gson.Strictness;
import picocli.CommandLine;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** What a run of the program came to. */
record Outcome(int exitCode, String out, String err) {

    private static final Gson STRICT = new GsonBuilder().setStrictness(Strictness.STRICT).create();

    /** Runs the program in this JVM. */
    static Outcome of(Object... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line =
                CtcDecodeCommand.commandLine()
                        .setOut(new PrintWriter(out))
                        .setErr(new PrintWriter(err));
        String[] texts = Arrays.stream(arguments).map(Object::toString).toArray(String[]::new);
        int exitCode = line.execute(texts);
        return new Outcome(exitCode, out.toString(), err.toString());
    }

    /** Runs the program with more arguments after a list of them. */
    static Outcome of(List<?> arguments, Object... more) {
        return of(Stream.concat(arguments.stream(), Stream.of(more)).toArray());
    }

    /** Runs the program with something to read on its standard input. */
    static Outcome ofInput(byte[] input, Object... arguments) {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(input));
        try {
            return of(arguments);
        } finally {
            System.setIn(before);
        }
    }

    /** Returns the lines of the output, each of which must be a JSON object. */
    List<JsonObject> json() {
        return parse(out.lines().toList());
    }

    /** Returns the JSON lines of one kind of event. */
    List<JsonObject> events(String kind) {
        return json().stream().filter(o -> o.get("event").getAsString().equals(kind)).toList();
    }

    static List<JsonObject> parse(List<String> lines) {
        return lines.stream().map(line -> STRICT.fromJson(line, JsonObject.class)).toList();
    }
}
