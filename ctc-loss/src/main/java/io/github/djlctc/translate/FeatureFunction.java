package io.github.djlctc.translate;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

/**
 * Turns an input, such as a sound or the image of a line, into what a model takes.
 *
 * @param <I> the type of the input
 */
@FunctionalInterface
public interface FeatureFunction<I> {

    /**
     * Computes the features of one input. It may be called by several threads at the same time.
     *
     * @param manager creates the array, on the device of the model
     * @param input the input
     * @return the features without a batch dimension, such as frames (T, F) or an image (3, H, W);
     *     the caller closes the array
     * @throws Exception if the input cannot be used; a predictor throws it in a {@link
     *     ai.djl.translate.TranslateException}
     */
    @SuppressWarnings("PMD.SignatureDeclareThrowsException")
    NDArray apply(NDManager manager, I input) throws Exception;
}
