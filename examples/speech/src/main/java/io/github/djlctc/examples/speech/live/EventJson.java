package io.github.djlctc.examples.speech.live;

import io.github.djlctc.examples.common.report.JsonOutput;
import io.github.djlctc.examples.speech.transcript.Segment;
import io.github.djlctc.examples.speech.transcript.TimedWord;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;

/** Events as JSON: what {@code speech listen --json} prints, and what the web server sends. */
public final class EventJson {

    private static final double MILLIS = 1000;

    private EventJson() {}

    /**
     * Writes an event.
     *
     * @param event the event
     * @return an object whose {@code event} is {@code progress} or {@code sentence}
     */
    public static JsonObject of(LiveEvent event) {
        if (event instanceof LiveEvent.Progress progress) {
            JsonObject object = JsonOutput.event("progress");
            object.addProperty("seconds", round(progress.seconds()));
            object.addProperty("stable", progress.stable());
            object.addProperty("guess", progress.guess());
            return object;
        }
        return sentence(((LiveEvent.Sentence) event).segment());
    }

    /**
     * Writes that the sound has ended.
     *
     * @param seconds how much there was
     * @return an object whose {@code event} is {@code end}
     */
    public static JsonObject end(double seconds) {
        JsonObject object = JsonOutput.event("end");
        object.addProperty("seconds", round(seconds));
        return object;
    }

    private static JsonObject sentence(Segment segment) {
        JsonObject object = JsonOutput.event("sentence");
        object.addProperty("start", round(segment.start()));
        object.addProperty("end", round(segment.end()));
        object.addProperty("text", segment.text());
        JsonArray words = new JsonArray();
        for (TimedWord word : segment.words()) {
            JsonObject one = new JsonObject();
            one.addProperty("word", word.word());
            one.addProperty("start", round(word.start()));
            one.addProperty("end", round(word.end()));
            one.addProperty("confidence", round(word.confidence()));
            words.add(one);
        }
        object.add("words", words);
        return object;
    }

    private static double round(double value) {
        return Math.round(value * MILLIS) / MILLIS;
    }
}
