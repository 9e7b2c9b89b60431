package io.github.djlctc.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
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

    /** Returns frames that were kept and those that follow them, of the manager of the latter. */
    static NDArray continued(NDArray kept, NDArray frames) {
        // Results are of the manager of the first array.
        kept.attach(frames.getManager());
        return kept.concat(frames, 1);
    }

    /** Returns a part of the frames, a view. */
    static NDArray part(NDArray frames, long from, long to) {
        return frames.get(new NDIndex().addAllDim().addSliceDim(from, to));
    }

    /** Copies the last frames, to keep neither the others nor how they were computed. */
    static NDArray copyFrom(NDArray frames, long first, NDManager owner) {
        NDArray last = part(frames, first, frames.getShape().get(1));
        NDArray copy = last.stopGradient().duplicate();
        copy.attach(owner);
        return copy;
    }

    /** Returns frames and those that follow them. */
    static Optional<NDArray> joined(Optional<NDArray> first, Optional<NDArray> rest) {
        return first.isPresent() && rest.isPresent()
                ? Optional.of(first.get().concat(rest.get(), 1))
                : first.or(() -> rest);
    }
}
