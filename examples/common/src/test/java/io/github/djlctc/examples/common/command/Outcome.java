package io.github.djlctc.examples.common.command;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import com.google.gson.Strictness;
import picocli.CommandLine;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The exit code and the output of a program.
 *
 * @param exitCode its exit code
 * @param out what it printed
 * @param err what it printed as errors
 */
public record Outcome(int exitCode, String out, String err) {

    private static final Gson STRICT = new GsonBuilder().setStrictness(Strictness.STRICT).create();

    /** Runs a program in this JVM. */
    public static Outcome of(CommandLine program, Object... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        program.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        String[] texts = Arrays.stream(arguments).map(Object::toString).toArray(String[]::new);
        int exitCode = program.execute(texts);
        return new Outcome(exitCode, out.toString(), err.toString());
    }

    /** Returns the lines of the output, each of which must be a JSON object. */
    public List<JsonObject> json() {
        return parse(out.lines().toList());
    }

    /** Returns the JSON lines of one kind of event. */
    public List<JsonObject> events(String kind) {
        return json().stream().filter(o -> o.get("event").getAsString().equals(kind)).toList();
    }

    /** Parses lines, each of which must be a JSON object. */
    public static List<JsonObject> parse(List<String> lines) {
        return lines.stream().map(Outcome::parse).toList();
    }

    /** Parses a JSON object. */
    public static JsonObject parse(String json) {
        return STRICT.fromJson(json, JsonObject.class);
    }

    /** Checks that the program refused to start, and said why in the last line. */
    public void assertWrongUsage(String program, String message) {
        assertThat(exitCode).isEqualTo(2);
        List<String> lines = err.lines().toList();
        assertThat(lines.get(lines.size() - 1))
                .startsWith(program + ": ")
                .contains(message)
                .containsPattern("\\(" + program + "( [a-z-]+)? --help shows the options\\)$");
        assertThat(err).doesNotContain("\tat ");
        assertThat(out).isEmpty();
    }

    /** Checks that the program printed how it is used, with all names and defaults filled in. */
    public void assertHelp(String program) {
        assertThat(exitCode).isZero();
        assertThat(out).startsWith("Usage: " + program);
        assertThat(out).doesNotContain("${").doesNotContain("null");
        assertThat(err).isEmpty();
    }
}
