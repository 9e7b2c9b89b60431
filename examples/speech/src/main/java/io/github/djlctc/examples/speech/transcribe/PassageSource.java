package io.github.djlctc.examples.speech.transcribe;

import java.io.IOException;
import java.util.Optional;

/** Gives the passages of a sound, from its start to its end. */
interface PassageSource extends AutoCloseable {

    /**
     * Computes the next passage.
     *
     * @return the passage; nothing at the end of the sound
     * @throws IOException if the sound cannot be read
     */
    Optional<Passage> next() throws IOException;

    /** Tells how much of the sound has been read, in seconds. */
    double secondsRead();

    /** Releases what it has of the model; the sound stays open. */
    @Override
    void close();
}
