package io.github.djlctc.examples.speech.transcribe;

import java.io.IOException;

/** Gives the logits of a sound, from its start to its end. */
interface LogitSource extends AutoCloseable {

    /**
     * Computes the next logits.
     *
     * @return logits of shape (frames, C), row by row; maybe none yet
     * @throws IOException if the sound cannot be read
     */
    float[] next() throws IOException;

    /** Tells whether there are no more. */
    boolean isFinished();

    /** Tells how much of the sound has been read, in seconds. */
    double secondsRead();

    /** Releases what it has of the model; the sound stays open. */
    @Override
    void close();
}
