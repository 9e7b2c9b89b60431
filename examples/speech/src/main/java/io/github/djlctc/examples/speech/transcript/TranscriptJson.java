package io.github.djlctc.examples.speech.transcript;

import io.github.djlctc.examples.common.report.JsonOutput;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;

import java.util.function.Function;

/** A transcription as an object of JSON, in one line. */
final class TranscriptJson {

    private TranscriptJson() {}

    static String write(Transcription transcription, String name) {
        return write(transcription, name, TranscriptJson::segment);
    }

    /** Writes the tokens of each segment too. */
    static String writeWithTokens(Transcription transcription, String name) {
        return write(transcription, name, TranscriptJson::segmentWithTokens);
    }

    private static String write(
            Transcription transcription, String name, Function<Segment, JsonObject> writer) {
        JsonObject object = new JsonObject();
        object.addProperty("file", name);
        object.addProperty("text", transcription.text());
        object.add("seconds", JsonOutput.number(transcription.seconds()));
        JsonArray segments = new JsonArray();
        transcription.segments().forEach(segment -> segments.add(writer.apply(segment)));
        object.add("segments", segments);
        return JsonOutput.line(object) + "\n";
    }

    private static JsonObject segment(Segment segment) {
        JsonObject object = span("text", segment.text(), segment.start(), segment.end());
        object.add("score", JsonOutput.number(segment.score()));
        JsonArray words = new JsonArray();
        for (TimedWord word : segment.words()) {
            JsonObject span = span("word", word.word(), word.start(), word.end());
            span.add("confidence", JsonOutput.number(word.confidence()));
            words.add(span);
        }
        object.add("words", words);
        JsonArray alternatives = new JsonArray();
        for (Segment.Alternative other : segment.alternatives()) {
            JsonObject alternative = new JsonObject();
            alternative.addProperty("text", other.text());
            alternative.add("score", JsonOutput.number(other.score()));
            alternatives.add(alternative);
        }
        object.add("alternatives", alternatives);
        return object;
    }

    private static JsonObject segmentWithTokens(Segment segment) {
        JsonObject object = segment(segment);
        JsonArray tokens = new JsonArray();
        for (TimedToken token : segment.tokens()) {
            JsonObject span = span("token", token.token(), token.start(), token.end());
            span.add("logProbability", JsonOutput.number(token.logProbability()));
            tokens.add(span);
        }
        object.add("tokens", tokens);
        return object;
    }

    private static JsonObject span(String kind, String text, double start, double end) {
        JsonObject span = new JsonObject();
        span.addProperty(kind, text);
        span.addProperty("start", start);
        span.addProperty("end", end);
        return span;
    }
}
