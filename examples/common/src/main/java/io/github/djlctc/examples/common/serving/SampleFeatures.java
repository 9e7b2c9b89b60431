package io.github.djlctc.examples.common.serving;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Computes the features of what a served model reads. Safe for use by many threads.
 *
 * <p>All methods throw an {@link IllegalArgumentException} or {@link IOException} for a sample that
 * cannot be used, and give an array (T,F) that the caller closes.
 *
 * @param <S> a sample in memory, by its type in DJL
 */
public interface SampleFeatures<S> {

    /**
     * Computes the features of a file.
     *
     * @param manager creates the array
     * @param file the file
     * @return the features
     * @throws IOException if the file cannot be used
     */
    NDArray ofFile(NDManager manager, Path file) throws IOException;

    /**
     * Computes the features of the bytes of a file.
     *
     * @param manager creates the array
     * @param content the bytes
     * @return the features
     * @throws IOException if they cannot be used
     */
    NDArray ofContent(NDManager manager, byte[] content) throws IOException;

    /**
     * Computes the features of a sample in memory.
     *
     * @param manager creates the array
     * @param sample the sample
     * @return the features
     * @throws IOException if it cannot be used
     */
    NDArray ofSample(NDManager manager, S sample) throws IOException;
}
