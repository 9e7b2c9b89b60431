package io.github.djlctc.examples.speech.train;

import io.github.djlctc.examples.speech.audio.Signal;
import io.github.djlctc.examples.speech.corpus.Utterance;

import java.io.IOException;

/** An utterance that was read and found usable. */
final class PreparedUtterance {

    private final String id;
    private final String text;
    private final long[] target;
    private final int frames;
    private final Utterance.Source source;

    PreparedUtterance(String id, String text, long[] target, int frames, Utterance.Source source) {
        this.id = id;
        this.text = text;
        this.target = target;
        this.frames = frames;
        this.source = source;
    }

    String id() {
        return id;
    }

    /** The transcript, normalised as the alphabet does. */
    String text() {
        return text;
    }

    /** The class ids of the transcript; not a copy. */
    long[] target() {
        return target;
    }

    /** The number of feature frames. */
    int frames() {
        return frames;
    }

    Signal signal() throws IOException {
        return source.read();
    }
}
