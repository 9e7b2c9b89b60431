package io.github.djlctc.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** The frames of a {@link ChunkedLSTM}, which waits for the end of a chunk. */
final class ChunkedStream implements LayerStream {

    private final ChunkedLSTM block;
    private final NDManager owner;

    /** The forward direction of each layer. */
    private final List<RecurrentStream> forward;

    /** The frames of the chunk that has begun; none between chunks. */
    private Optional<NDArray> kept = Optional.empty();

    /**
     * Begins a stream.
     *
     * @param block the layers
     * @param owner owns the states and the frames that are kept
     */
    ChunkedStream(ChunkedLSTM block, NDManager owner) {
        this.block = block;
        this.owner = owner;
        forward =
                IntStream.range(0, block.layers())
                        .mapToObj(layer -> new RecurrentStream(block.forward(layer), owner))
                        .toList();
    }

    @Override
    public Optional<NDArray> accept(ParameterStore parameters, NDArray frames) {
        // Now, not when the chunk is complete.
        block.forward(0).checkedParameters(parameters, frames, false);
        NDArray all = kept.map(before -> LayerStream.continued(before, frames)).orElse(frames);
        long length = all.getShape().get(1);
        long complete = length - length % block.chunk();
        kept =
                complete == length
                        ? Optional.empty()
                        : Optional.of(LayerStream.copyFrom(all, complete, owner));
        return complete == 0
                ? Optional.empty()
                : Optional.of(states(parameters, LayerStream.part(all, 0, complete)));
    }

    @Override
    public Optional<NDArray> finish(ParameterStore parameters, Optional<NDArray> last) {
        Optional<NDArray> output = last.flatMap(frames -> accept(parameters, frames));
        return LayerStream.joined(output, kept.map(frames -> rest(parameters, frames)));
    }

    private NDArray rest(ParameterStore parameters, NDArray frames) {
        frames.attach(parameters.getManager());
        return states(parameters, frames);
    }

    /** Computes the states of whole chunks, or of a part of the last one. */
    private NDArray states(ParameterStore parameters, NDArray frames) {
        NDArray states = frames;
        for (int layer = 0; layer < block.layers(); layer++) {
            NDArray ahead = forward.get(layer).accept(parameters, states).orElseThrow();
            NDArray back = backwardStates(parameters, block.backward(layer), states);
            states = NDArrays.concat(new NDList(ahead, back), 2);
        }
        return states;
    }

    private NDArray backwardStates(ParameterStore parameters, PackedLSTM layer, NDArray frames) {
        Shape shape = frames.getShape();
        long width = Math.min(block.chunk(), shape.get(1));
        NDArray chunks = frames.reshape(-1, width, shape.get(2)).flip(1);
        NDArray states = layer.forward(parameters, new NDList(chunks), false).head().flip(1);
        return states.reshape(shape.get(0), shape.get(1), -1);
    }
}
