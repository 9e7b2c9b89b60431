package io.github.djlctc.batch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

/**
 * Turns an input, such as a sound or the image of a line, into what a model takes; the same in
 * training ({@link CTCDataset}) and in use ({@code CtcTranslator}).
 *
 * @param <I> the type of the input
 */
@FunctionalInterface
public interface FeatureFunction<I> {

    /**
     * Computes the features of one input. It may be called by several threads at the same time.
     *
     * @param manager creates the array
     * @param input the input
     * @return the features without a batch dimension, such as frames (T, F) or an image (3, H, W);
     *     the caller closes the array
     * @throws Exception if the input cannot be used; a predictor throws it in a {@link
     *     ai.djl.translate.TranslateException}, a data set in an {@link java.io.IOException}
     */
    @SuppressWarnings("PMD.SignatureDeclareThrowsException")
    NDArray apply(NDManager manager, I input) throws Exception;
}
