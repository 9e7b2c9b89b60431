package io.github.djlctc.examples.speech.audio;

import java.io.Closeable;
import java.io.IOException;

/**
 * Mono sound that is read from its start to its end, in memory that does not depend on its length.
 */
public interface AudioStream extends Closeable {

    /**
     * Returns the rate of the samples.
     *
     * @return samples per second, above 0
     */
    int sampleRate();

    /**
     * Reads the next samples; waits until there is at least one.
     *
     * @param buffer takes the samples, nominally in [-1, 1]
     * @param offset where the first of them goes
     * @param length how many are wanted, 1 or more
     * @return how many there were; fewer than wanted also before the end; -1 at the end
     * @throws AudioFormatException if the sound is truncated or corrupt
     * @throws IOException if reading fails
     */
    int read(float[] buffer, int offset, int length) throws IOException;
}
