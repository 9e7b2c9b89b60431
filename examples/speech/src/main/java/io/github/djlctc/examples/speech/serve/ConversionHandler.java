package io.github.djlctc.examples.speech.serve;

import io.github.djlctc.examples.speech.transcript.Segment;
import io.github.djlctc.examples.speech.transcript.TimedWord;
import io.github.djlctc.examples.speech.transcript.Transcription;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import io.javalin.http.Context;
import io.javalin.http.Handler;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * {@code POST /v1/transcriptions/convert}: a transcription in JSON in, the same in another format
 * out. So a page can keep as subtitles what was said live, of which the server keeps nothing.
 */
final class ConversionHandler implements Handler {

    private static final int MOST_BYTES = 16 << 20;
    private static final String TYPE = "application/json";
    private static final Gson GSON = new Gson();

    /** What is used of the JSON; Gson sets nothing that is missing. */
    private record Reply(double seconds, List<Part> segments) {

        Transcription transcription() {
            return new Transcription(seconds, segments.stream().map(Part::segment).toList());
        }
    }

    private record Part(double start, double end, String text, List<Word> words) {

        Segment segment() {
            List<TimedWord> timed = words.stream().map(Word::timed).toList();
            return new Segment(start, end, text, timed, 0, List.of());
        }
    }

    private record Word(String word, double start, double end, double confidence) {

        TimedWord timed() {
            return new TimedWord(word, start, end, confidence);
        }
    }

    @Override
    public void handle(Context context) throws IOException {
        ReplyFormat format = ReplyFormat.of(context);
        String type = context.contentType();
        if (type == null || !type.split(";", 2)[0].strip().equals(TYPE)) {
            throw Refusal.wrongType("a transcription must come as " + TYPE);
        }
        try (InputStream in = context.req().getInputStream()) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw Refusal.tooLarge("a transcription may have " + MOST_BYTES + " bytes");
            }
            format.send(context, parse(new String(bytes, StandardCharsets.UTF_8)));
        }
    }

    private static Transcription parse(String json) {
        try {
            return GSON.fromJson(json, Reply.class).transcription();
        } catch (JsonParseException
                | IllegalArgumentException
                | NullPointerException
                | StackOverflowError e) {
            throw Refusal.badRequest(
                    "the body is no transcription as this server gives it: " + e.getMessage());
        }
    }
}
