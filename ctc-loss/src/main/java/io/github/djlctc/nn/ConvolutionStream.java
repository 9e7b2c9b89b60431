package io.github.djlctc.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
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
        NDList weights = block.checkedParameters(parameters, frames, false);
        NDManager scratch = frames.getManager();
        NDArray before = kept.orElseGet(() -> zeros(scratch, frames, block.lookback()));
        return convolve(weights, LayerStream.continued(before, seen(frames)));
    }

    private NDArray seen(NDArray frames) {
        long length = frames.getShape().get(1);
        long passedOver = Math.min(unseen, length);
        unseen -= passedOver;
        return passedOver == 0 ? frames : LayerStream.part(frames, passedOver, length);
    }

    /** Computes the frames whose kernels are complete, and keeps what later ones see. */
    private Optional<NDArray> convolve(NDList weights, NDArray frames) {
        long length = frames.getShape().get(1);
        long outputs = length < block.kernel() ? 0 : (length - block.kernel()) / block.stride() + 1;
        long done = Math.min(length, outputs * block.stride());
        unseen += outputs * block.stride() - done;
        kept = Optional.of(LayerStream.copyFrom(frames, done, owner));
        return outputs == 0 ? Optional.empty() : Optional.of(block.convolveInside(weights, frames));
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
}
