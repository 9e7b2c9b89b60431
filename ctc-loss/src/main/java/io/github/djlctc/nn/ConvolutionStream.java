package io.github.djlctc.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;

import java.util.Optional;

/** The frames of a {@link TimeConvolution}, which keeps those that its kernel sees again. */
final class ConvolutionStream implements LayerStream {

    private final TimeConvolution block;
    private final NDManager owner;

    /** The frames from the first that the next frame of the output sees; nothing at the start. */
    private Optional<NDArray> kept = Optional.empty();

    /** How many frames are still to come that no kernel sees, since the stride is longer. */
    private long unseen;

    /**
     * Begins a stream.
     *
     * @param block the convolution
     * @param owner owns the frames that are kept
     */
    ConvolutionStream(TimeConvolution block, NDManager owner) {
        this.block = block;
        this.owner = owner;
    }

    @Override
    public Optional<NDArray> accept(ParameterStore parameters, NDArray frames) {
        block.checkedParameters(parameters, frames, false);
        NDManager scratch = frames.getManager();
        NDArray before = kept.orElseGet(() -> zeros(scratch, frames, block.lookback()));
        // Results are of the manager of the first array.
        before.attach(scratch);
        return convolve(parameters, before.concat(seen(frames), 1));
    }

    private NDArray seen(NDArray frames) {
        long passedOver = Math.min(unseen, frames.getShape().get(1));
        unseen -= passedOver;
        return passedOver == 0 ? frames : from(frames, passedOver);
    }

    /** Computes the frames whose kernels are complete, and keeps what later ones see. */
    private Optional<NDArray> convolve(ParameterStore parameters, NDArray frames) {
        long length = frames.getShape().get(1);
        long outputs = length < block.kernel() ? 0 : (length - block.kernel()) / block.stride() + 1;
        long done = Math.min(length, outputs * block.stride());
        unseen += outputs * block.stride() - done;
        // A copy, which neither holds the other frames nor how they were computed.
        NDArray next = from(frames, done).stopGradient().duplicate();
        next.attach(owner);
        kept = Optional.of(next);
        return outputs == 0
                ? Optional.empty()
                : Optional.of(block.convolveInside(parameters, frames));
    }

    @Override
    public Optional<NDArray> finish(ParameterStore parameters, Optional<NDArray> last) {
        Optional<NDArray> output = last.flatMap(frames -> accept(parameters, frames));
        if (kept.isEmpty() || block.lookahead() == 0) {
            return output;
        }
        NDArray padding = zeros(parameters.getManager(), kept.get(), block.lookahead());
        return LayerStream.joined(output, accept(parameters, padding));
    }

    private static NDArray zeros(NDManager manager, NDArray like, long frames) {
        Shape shape = like.getShape();
        return manager.zeros(new Shape(shape.get(0), frames, shape.get(2)), like.getDataType());
    }

    private static NDArray from(NDArray frames, long first) {
        return frames.get(new NDIndex().addAllDim().addSliceDim(first, frames.getShape().get(1)));
    }
}
