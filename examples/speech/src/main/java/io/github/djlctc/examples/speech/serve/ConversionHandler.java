package io.github.djlctc.examples.speech.serve;

import io.github.djlctc.examples.speech.transcript.Segment;
import io.github.djlctc.examples.speech.transcript.TimedWord;
import io.github.djlctc.examples.speech.transcript.Transcription;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import org.eclipse.jetty.http.BadMessageException;

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
    private static final double MOST_SECONDS = 1e6;
    private static final String WRONG = "the body is no transcription as this server gives it: ";
    private static final String TYPE = "application/json";
    private static final Gson GSON = new Gson();

    private final Slots uploads;

    /**
     * Creates the handler.
     *
     * @param uploads how many may send at once, since each that sends slowly holds a thread
     */
    ConversionHandler(Slots uploads) {
        this.uploads = uploads;
    }

    /** What is used of the JSON; Gson sets nothing that is missing. */
    private record Reply(double seconds, List<Part> segments) {

        Transcription transcription() {
            checkTime(seconds);
            return new Transcription(seconds, segments.stream().map(Part::segment).toList());
        }
    }

    private record Part(double start, double end, String text, List<Word> words) {

        Segment segment() {
            checkTime(start);
            checkTime(end);
            List<TimedWord> timed = words.stream().map(Word::timed).toList();
            return new Segment(start, end, text, timed, 0, List.of());
        }
    }

    private record Word(String word, double start, double end, double confidence) {

        TimedWord timed() {
            checkTime(start);
            checkTime(end);
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
        format.send(context, uploads.during(() -> parse(receive(context))));
    }

    private static String receive(Context context) {
        try (InputStream in = context.req().getInputStream()) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw Refusal.tooLarge("a transcription may have " + MOST_BYTES + " bytes");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException | BadMessageException e) {
            throw Refusal.notWhole("transcription", e);
        }
    }

    private static void checkTime(double seconds) {
        if (!(seconds >= 0 && seconds <= MOST_SECONDS)) {
            throw new IllegalArgumentException(
                    "a time is %s s, but must be from 0 to %.0f".formatted(seconds, MOST_SECONDS));
        }
    }

    private static Transcription parse(String json) {
        try {
            return GSON.fromJson(json, Reply.class).transcription();
        } catch (IllegalArgumentException e) {
            throw Refusal.badRequest(WRONG + e.getMessage());
        } catch (JsonParseException | NullPointerException | StackOverflowError e) {
            // What the parser says is about this program, not about what was sent.
            throw Refusal.badRequest(
                    WRONG
                            + "it needs \"seconds\" and \"segments\" with \"start\", \"end\","
                            + " \"text\" and \"words\"");
        }
    }
}
