package io.github.djlctc.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDArray;

/**
 * The tensor of another array under a name of its own, by which DJL tells how to pass an argument.
 * Closing it does not release the tensor.
 *
 * <p>A view of the other array would add an operator to the forward and the backward pass.
 */
final class NamedTensor extends PtNDArray {

    NamedTensor(String name, NDArray array) {
        this((PtNDArray) array);
        setName(name);
    }

    private NamedTensor(PtNDArray array) {
        super(array.getManager(), array.getHandle());
    }

    @Override
    public void close() {
        handle.set(null);
        super.close();
    }
}
