package io.github.djlctc.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;

import java.util.Optional;

/** The frames of a {@link FramewiseBlock} or {@link IntermediateHead}, which treats each alone. */
final class FramewiseStream implements LayerStream {

    private final Block block;

    FramewiseStream(Block block) {
        this.block = block;
    }

    @Override
    public Optional<NDArray> accept(ParameterStore parameters, NDArray frames) {
        return Optional.of(block.forward(parameters, new NDList(frames), false).head());
    }

    @Override
    public Optional<NDArray> finish(ParameterStore parameters, Optional<NDArray> last) {
        return last.flatMap(frames -> accept(parameters, frames));
    }
}
