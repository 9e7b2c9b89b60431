package io.github.djlctc.examples.htr;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import com.google.gson.Strictness;
import picocli.CommandLine;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;

/** What a run of the program came to. */
record Outcome(int exitCode, String out, String err) {

    private static final Gson STRICT = new GsonBuilder().setStrictness(Strictness.STRICT).create();

    /** Runs the program in this JVM. */
    static Outcome of(Object... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line =
                HtrCommand.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        String[] texts = new String[arguments.length];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = arguments[i].toString();
        }
        int exitCode = line.execute(texts);
        return new Outcome(exitCode, out.toString(), err.toString());
    }

    /** Returns the lines of the output, each of which must be a JSON object. */
    List<JsonObject> json() {
        return out.lines().map(Outcome::parse).toList();
    }

    /** Returns the JSON lines of one kind of event. */
    List<JsonObject> events(String kind) {
        return json().stream().filter(o -> o.get("event").getAsString().equals(kind)).toList();
    }

    static JsonObject parse(String json) {
        return STRICT.fromJson(json, JsonObject.class);
    }
}
