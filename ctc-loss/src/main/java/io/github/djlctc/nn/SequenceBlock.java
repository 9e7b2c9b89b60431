package io.github.djlctc.nn;

import ai.djl.MalformedModelException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;

import io.github.djlctc.engine.TensorCheck;
import io.github.djlctc.engine.TensorMismatchException;

import java.io.DataInputStream;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;

/**
 * What blocks of parameters over sequences (N,T,F) share: the checks of their input, of their
 * parameters, and of files of parameters.
 */
abstract sealed class SequenceBlock extends AbstractBlock
        permits PackedLSTM, TimeConvolution, IntermediateHead {

    SequenceBlock(byte version) {
        super(version);
    }

    /**
     * Checks parameters against the settings and each other.
     *
     * @param weights all parameters, in their order
     * @return the number of features that they read
     * @throws TensorMismatchException if they do not fit
     */
    abstract long checkParameters(NDList weights);

    /**
     * {@inheritDoc}
     *
     * @throws TensorMismatchException if the shape of the input is not (N,T,F), or F is unknown
     */
    @Override
    protected void prepare(Shape[] inputShapes) {
        Shape input = inputShapes[0];
        if (input.dimension() != 3 || input.get(2) < 1) {
            throw new TensorMismatchException(
                    "the input has the shape "
                            + input
                            + ", but must be (N,T,F) with F of 1 or more");
        }
    }

    /** Sets the shapes of the parameters, in their order; further shapes are passed over. */
    final void setParameterShapes(List<Shape> shapes) {
        int i = 0;
        for (Parameter parameter : parameters.values()) {
            parameter.setShape(shapes.get(i++));
        }
    }

    /**
     * Checks the shapes of the parameters, in their order, and that all are of one type and device.
     *
     * @param settings what demands the shapes, in words
     */
    final void checkParameterShapes(NDList weights, List<Shape> shapes, String settings) {
        List<String> names = List.copyOf(parameters.keySet());
        for (int i = 0; i < names.size(); i++) {
            TensorCheck.of(names.get(i), weights.get(i))
                    .isReal()
                    .isLike(names.get(0), weights.head())
                    .hasShape(shapes.get(i), settings);
        }
    }

    /**
     * Returns the parameters, which fit to each other and to the input.
     *
     * @throws TensorMismatchException if they do not
     */
    final NDList checkedParameters(ParameterStore store, NDArray input, boolean training) {
        // Before anything of it goes to the engine, which some types of elements would crash.
        TensorCheck check = TensorCheck.of("the input", input).isReal();
        NDList weights = new NDList();
        for (Parameter parameter : getParameters().values()) {
            weights.add(store.getValue(parameter, input.getDevice(), training));
        }
        Shape expected = new Shape(-1, -1, checkParameters(weights));
        check.hasShape(expected, "(N,T,F) of the block's initialisation")
                .isLike("the parameters", weights.head());
        return weights;
    }

    /**
     * Checks settings that a file of parameters tells.
     *
     * @param saved those of the file, in words
     * @param own those of the block, in words
     * @throws MalformedModelException if they differ
     */
    static void checkSettings(String saved, String own) throws MalformedModelException {
        if (!saved.equals(own)) {
            throw new MalformedModelException(
                    "the parameters are of another model: of "
                            + saved
                            + ", but the block has "
                            + own);
        }
    }

    /**
     * Loads the parameters.
     *
     * @throws MalformedModelException if they are of a block with other settings, or of another
     *     number of features than the block was initialised for; the block is then without
     *     parameters
     */
    @Override
    public void loadParameters(NDManager manager, DataInputStream is)
            throws IOException, MalformedModelException {
        OptionalLong before =
                inputShapes == null ? OptionalLong.empty() : OptionalLong.of(inputShapes[0].get(2));
        boolean usable = false;
        try {
            super.loadParameters(manager, is);
            checkLoaded(before);
            usable = true;
        } catch (TensorMismatchException e) {
            throw new MalformedModelException(
                    "the parameters are of another model: " + e.getMessage(), e);
        } finally {
            if (!usable) {
                clear();
            }
        }
    }

    private void checkLoaded(OptionalLong before) throws MalformedModelException {
        NDList weights = new NDList();
        for (Parameter parameter : getParameters().values()) {
            if (!parameter.isInitialized()) {
                throw new MalformedModelException("the file has no " + parameter.getName());
            }
            weights.add(parameter.getArray());
        }
        long features = checkParameters(weights);
        if (before.orElse(features) != features) {
            throw new TensorMismatchException(
                    "they read "
                            + features
                            + " features, but the block was initialised for "
                            + before.getAsLong());
        }
    }
}
