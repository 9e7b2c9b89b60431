package io.github.djlctc.examples.speech.live;

import java.util.List;

/** Recognises one stream of sound while it comes. For one thread at a time. */
public interface LiveRecogniser extends AutoCloseable {

    /**
     * Takes the next sound, of any length. What is kept does not grow with the length of the
     * stream.
     *
     * @param samples mono sound at the model's rate, nominally in [-1, 1]; not changed
     * @param offset the first of the samples
     * @param length how many there are, 0 or more
     * @return what can be said now, in order; often nothing
     * @throws IllegalStateException after {@link #finish}
     */
    List<LiveEvent> accept(float[] samples, int offset, int length);

    /**
     * Ends the stream, and the sentence that is being said.
     *
     * @return what is left to say
     * @throws IllegalStateException if called again
     */
    List<LiveEvent> finish();

    /** Gives up what the stream holds. Closing again does nothing. */
    @Override
    void close();
}
