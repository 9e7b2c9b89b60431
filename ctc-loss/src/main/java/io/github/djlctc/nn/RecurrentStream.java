package io.github.djlctc.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.training.ParameterStore;

import java.util.Optional;

/** The frames of a {@link PackedLSTM}, whose states and cells go from one call to the next. */
final class RecurrentStream implements LayerStream {

    private final PackedLSTM block;
    private final NDManager owner;

    /** States and cells after the frames so far; empty before the first. */
    private final NDList state = new NDList();

    /**
     * Begins a stream.
     *
     * @param block layers of one direction
     * @param owner owns states and cells
     */
    RecurrentStream(PackedLSTM block, NDManager owner) {
        this.block = block;
        this.owner = owner;
    }

    @Override
    public Optional<NDArray> accept(ParameterStore parameters, NDArray frames) {
        if (state.isEmpty()) {
            state.add(block.initialState(owner, frames));
            state.add(block.initialState(owner, frames));
        }
        NDList result = block.advance(parameters, frames, state);
        state.close();
        state.clear();
        for (NDArray array : result.subNDList(1)) {
            array.attach(owner);
            state.add(array);
        }
        return Optional.of(result.head());
    }

    @Override
    public Optional<NDArray> finish(ParameterStore parameters, Optional<NDArray> last) {
        return last.flatMap(frames -> accept(parameters, frames));
    }
}
