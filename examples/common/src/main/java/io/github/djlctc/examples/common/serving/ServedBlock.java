package io.github.djlctc.examples.common.serving;

import ai.djl.MalformedModelException;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;

import io.github.djlctc.examples.common.train.ParameterShapes;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * A recogniser that checks its parameters when DJL loads them, and gives nothing for a batch of
 * nothing, which is what is left of one whose samples are all unusable.
 */
final class ServedBlock extends AbstractBlock {

    private static final int INPUTS = 2;

    private final Block recogniser;
    private final ParameterShapes shapes;

    ServedBlock(Block recogniser, ParameterShapes shapes) {
        this.recogniser = addChildBlock("recogniser", recogniser);
        this.shapes = shapes;
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore parameterStore,
            NDList inputs,
            boolean training,
            PairList<String, Object> params) {
        if (inputs.isEmpty()) {
            return new NDList();
        }
        if (inputs.size() < INPUTS) {
            throw new IllegalArgumentException(
                    "the model takes features and lengths, but is given features only; set"
                            + " ctc.lengths=int64");
        }
        return recogniser.forward(parameterStore, inputs, training, params);
    }

    @Override
    public void loadParameters(NDManager manager, DataInputStream is)
            throws IOException, MalformedModelException {
        try {
            recogniser.loadParameters(manager, is);
        } catch (OutOfMemoryError e) {
            // DJL allocates the sizes that the file claims before it reads the values.
            throw new MalformedModelException("the parameters are damaged: a size is absurd", e);
        } catch (IOException | RuntimeException e) {
            throw new MalformedModelException(
                    "the parameters are damaged, or the file is cut off: export the model again",
                    e);
        }
        shapes.check(recogniser);
    }

    @Override
    public void saveParameters(DataOutputStream os) throws IOException {
        recogniser.saveParameters(os);
    }

    @Override
    protected void initializeChildBlocks(
            NDManager manager, DataType dataType, Shape... inputShapes) {
        recogniser.initialize(manager, dataType, inputShapes);
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
        return recogniser.getOutputShapes(inputShapes);
    }
}
