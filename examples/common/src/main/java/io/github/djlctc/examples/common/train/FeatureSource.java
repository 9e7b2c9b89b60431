package io.github.djlctc.examples.common.train;

import java.io.IOException;
import java.util.random.RandomGenerator;

/**
 * Makes the features of one sample on the host, whatever device the model is on. Safe to call from
 * several threads.
 */
public interface FeatureSource {

    /**
     * Makes the features as they are.
     *
     * @return the features of shape (T,F), row by row; the same at every call
     * @throws IOException if the sample can no longer be read
     */
    float[] plain() throws IOException;

    /**
     * Makes the features as training sees them, varied at random.
     *
     * <p>Two views of a sample have the same number of frames, and what they hold at the same
     * places: that is drawn from what they {@linkplain
     * io.github.djlctc.examples.common.random.ViewRandom#shared share}.
     *
     * @param random decides how
     * @return the features of shape (T,F), row by row, of as many frames as it takes
     * @throws IOException if the sample can no longer be read
     */
    float[] varied(RandomGenerator random) throws IOException;
}
