package io.github.djlctc.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.training.ParameterStore;

import java.util.Optional;

/**
 * A layer that is given the frames of sequences as they come.
 *
 * <p>Frames are of shape (N,T,F) with T of 1 or more. They and the results are of the manager of
 * the parameter store, which is closed after each call; what the layer keeps is of another.
 */
sealed interface LayerStream
        permits ConvolutionStream, RecurrentStream, ChunkedStream, FramewiseStream {

    /** Takes the next frames, and returns those of the output that they complete, if any. */
    Optional<NDArray> accept(ParameterStore parameters, NDArray frames);

    /** Takes the last frames, if there are any, and returns the rest of the output. */
    Optional<NDArray> finish(ParameterStore parameters, Optional<NDArray> last);

    /** Returns frames and those that follow them. */
    static Optional<NDArray> joined(Optional<NDArray> first, Optional<NDArray> rest) {
        return first.isPresent() && rest.isPresent()
                ? Optional.of(first.get().concat(rest.get(), 1))
                : first.or(() -> rest);
    }
}
