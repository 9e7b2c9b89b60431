package io.github.djlctc.examples.speech.live;

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
        JsonObject object = new JsonObject();
        if (event instanceof LiveEvent.Progress progress) {
            object.addProperty("event", "progress");
            object.addProperty("seconds", round(progress.seconds()));
            object.addProperty("stable", progress.stable());
            object.addProperty("guess", progress.guess());
        } else if (event instanceof LiveEvent.Sentence sentence) {
            object.addProperty("event", "sentence");
            addTo(object, sentence.segment());
        }
        return object;
    }

    /**
     * Writes a sentence.
     *
     * @param segment the sentence
     * @return an object with {@code start}, {@code end}, {@code text} and {@code words}
     */
    public static JsonObject of(Segment segment) {
        JsonObject object = new JsonObject();
        addTo(object, segment);
        return object;
    }

    private static void addTo(JsonObject object, Segment segment) {
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
    }

    /**
     * Rounds a time or a probability to three decimals.
     *
     * @param value the value
     * @return the rounded value
     */
    public static double round(double value) {
        return Math.round(value * MILLIS) / MILLIS;
    }
}
