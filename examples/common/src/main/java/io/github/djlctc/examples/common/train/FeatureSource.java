package io.github.djlctc.examples.common.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

import java.io.IOException;
import java.util.random.RandomGenerator;

/** Makes the features of one sample. Safe to call from several threads. */
public interface FeatureSource {

    /**
     * Makes the features as they are.
     *
     * @param manager owns the result
     * @return the features (T,F), float32; the same at every call
     * @throws IOException if the sample can no longer be read
     */
    NDArray plain(NDManager manager) throws IOException;

    /**
     * Makes the features as training sees them, varied at random.
     *
     * @param random decides how
     * @param manager owns the result
     * @return the features (T,F), float32, of as many frames as it takes
     * @throws IOException if the sample can no longer be read
     */
    NDArray varied(RandomGenerator random, NDManager manager) throws IOException;
}
