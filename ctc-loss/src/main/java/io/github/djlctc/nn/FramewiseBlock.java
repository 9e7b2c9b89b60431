package io.github.djlctc.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;

import io.github.djlctc.engine.TensorMismatchException;

import java.util.Objects;

/**
 * Applies a block that knows no lengths to the frames of a batch, and passes the lengths on, so
 * that it can stand between blocks that need them. DJL's {@code Linear} and {@code LayerNorm}, for
 * example, refuse a second array.
 *
 * <p>Input: {@code [x (N,T,...), lengths (N)]}, or {@code [x]}; further arrays are passed on too.
 * Output: what the block makes of x, of shape (N,T,...), and the other arrays as they came.
 *
 * <p>The block must treat each frame alone, as {@code Linear}, {@code Dropout}, activations and
 * {@code LayerNorm} over the features do: it is given padding like any frame, and what it makes of
 * it is not zero in general. For convolutions over time there is {@link TimeConvolution}.
 */
public final class FramewiseBlock extends AbstractBlock {

    private static final byte VERSION = 1;

    private final Block block;

    private FramewiseBlock(Block block) {
        super(VERSION);
        this.block = addChildBlock("framewise", block);
    }

    /**
     * Creates a block that applies another one to every frame.
     *
     * @param block takes and gives one array, and keeps its first two dimensions
     * @return the block
     */
    public static FramewiseBlock of(Block block) {
        return new FramewiseBlock(Objects.requireNonNull(block, "block"));
    }

    /**
     * Applies the block to the first array.
     *
     * @throws TensorMismatchException if the array is not of shape (N,T,...), or the block gives
     *     another number of arrays than one, or one of another N or T
     */
    @Override
    protected NDList forwardInternal(
            ParameterStore parameterStore,
            NDList inputs,
            boolean training,
            PairList<String, Object> params) {
        NDArray input = inputs.head();
        checkInput(input.getShape());
        NDList output = block.forward(parameterStore, new NDList(input), training, params);
        checkOutput(input.getShape(), output.getShapes());
        output.addAll(inputs.subNDList(1));
        return output;
    }

    /** {@inheritDoc} */
    @Override
    protected void initializeChildBlocks(
            NDManager manager, DataType dataType, Shape... inputShapes) {
        block.initialize(manager, dataType, inputShapes[0]);
    }

    /**
     * {@inheritDoc}
     *
     * @throws TensorMismatchException if the first shape is not (N,T,...), or the block does not
     *     keep N and T
     */
    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
        checkInput(inputShapes[0]);
        Shape[] made = block.getOutputShapes(new Shape[] {inputShapes[0]});
        checkOutput(inputShapes[0], made);
        Shape[] outputs = inputShapes.clone();
        outputs[0] = made[0];
        return outputs;
    }

    private static void checkInput(Shape input) {
        if (input.dimension() < 2) {
            throw new TensorMismatchException(
                    "the input has the shape " + input + ", but must be (N,T,...)");
        }
    }

    private void checkOutput(Shape input, Shape[] outputs) {
        if (outputs.length != 1 || !keepsFrames(input, outputs[0])) {
            throw new TensorMismatchException(
                    "%s makes %s of %s, but a framewise block must make one array and keep N and T"
                            .formatted(
                                    block.getClass().getSimpleName(),
                                    outputs.length == 1 ? outputs[0] : outputs.length + " arrays",
                                    input));
        }
    }

    private static boolean keepsFrames(Shape input, Shape output) {
        return output.dimension() >= 2 && output.slice(0, 2).equals(input.slice(0, 2));
    }
}
