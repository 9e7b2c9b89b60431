package io.github.djlctc.examples.decode;

import io.github.djlctc.decode.BeamSearchResult;
import io.github.djlctc.examples.common.Printable;
import io.github.djlctc.examples.common.report.JsonOutput;
import io.github.djlctc.examples.common.report.ResumableLines;

import com.google.gson.JsonObject;

import java.io.Closeable;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Optional;

/** Where the results of utterances go, one after the other. */
interface ResultOutput extends Closeable {

    /** Writes a result. */
    void write(String id, BeamSearchResult result) throws IOException;

    /** Says that all are written. */
    void finish() throws IOException;

    /** Returns a line about what another run could go on after, if there is anything. */
    default Optional<String> leftNote() {
        return Optional.empty();
    }

    @Override
    void close() throws IOException;

    /** Returns an output that prints the texts. */
    static ResultOutput text(PrintWriter out) {
        return new Printed(out) {
            @Override
            String line(String id, BeamSearchResult result) {
                return Printable.line(id) + "\t" + Printable.line(result.best().text());
            }
        };
    }

    /** Returns an output that prints events. */
    static ResultOutput events(PrintWriter out, ResultJson json) {
        return new Printed(out) {
            @Override
            String line(String id, BeamSearchResult result) {
                JsonObject event = JsonOutput.event("utterance");
                json.addTo(event, id, result);
                return JsonOutput.line(event);
            }
        };
    }

    /** Returns an output that writes a file. */
    static ResultOutput file(ResumableLines lines, ResultJson json) {
        return new Written(lines, json);
    }

    /** Prints a line for each result. */
    abstract class Printed implements ResultOutput {

        private final PrintWriter out;

        Printed(PrintWriter out) {
            this.out = out;
        }

        abstract String line(String id, BeamSearchResult result);

        @Override
        public void write(String id, BeamSearchResult result) {
            out.println(line(id, result));
        }

        @Override
        public void finish() {
            out.flush();
        }

        @Override
        public void close() {
            // The standard output stays open.
        }
    }

    /** Writes a line of JSON for each result. */
    final class Written implements ResultOutput {

        private final ResumableLines lines;
        private final ResultJson json;

        private Written(ResumableLines lines, ResultJson json) {
            this.lines = lines;
            this.json = json;
        }

        @Override
        public void write(String id, BeamSearchResult result) throws IOException {
            JsonObject object = new JsonObject();
            json.addTo(object, id, result);
            lines.add(object);
        }

        @Override
        public void finish() throws IOException {
            lines.finish();
        }

        @Override
        public Optional<String> leftNote() {
            return lines.leftNote("utterances");
        }

        @Override
        public void close() throws IOException {
            lines.close();
        }
    }
}
