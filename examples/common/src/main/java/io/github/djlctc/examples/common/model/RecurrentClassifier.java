package io.github.djlctc.examples.common.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.core.Linear;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;

import io.github.djlctc.nn.PackedLSTM;
import io.github.djlctc.nn.SampleDropout;

/**
 * The layers that turn frames of features into logits: bidirectional LSTM layers over packed
 * sequences and a linear layer, with dropout before each of the two.
 *
 * <p>Not a block: the layers are children of the model's block, which stores their parameters.
 */
public final class RecurrentClassifier {

    /** Measured: what a step of training takes for a frame, by unit of state and layer. */
    private static final int FLOATS_PER_UNIT = 26;

    private final Block dropout;
    private final Block recurrent;
    private final Block output;

    /**
     * Creates the layers.
     *
     * @param stateSize the state size of each direction of the recurrent layers
     * @param layers the number of recurrent layers
     * @param dropoutRate the dropout before and between the recurrent layers and before the last
     *     layer, 0 to below 1
     * @param classes the number of classes C: labels and blank
     */
    public RecurrentClassifier(int stateSize, int layers, float dropoutRate, int classes) {
        dropout = SampleDropout.of(dropoutRate);
        recurrent =
                PackedLSTM.builder()
                        .setStateSize(stateSize)
                        .optLayers(layers)
                        .optDropout(dropoutRate)
                        .build();
        output = Linear.builder().setUnits(classes).build();
    }

    /**
     * Estimates what the recurrent layers take of memory in a step of training.
     *
     * @param stateSize the state size of each direction
     * @param layers the number of layers
     * @return the values of float32 for a frame: results and gradients
     */
    public static long trainingFloats(int stateSize, int layers) {
        return (long) FLOATS_PER_UNIT * stateSize * layers;
    }

    /**
     * Returns the layers, in the order in which their parameters are stored.
     *
     * @return the children of the model's block, by name
     */
    public PairList<String, Block> children() {
        PairList<String, Block> children = new PairList<>();
        children.add("dropout", dropout);
        children.add("lstm", recurrent);
        children.add("linear", output);
        return children;
    }

    /**
     * Computes the logits.
     *
     * @param parameterStore holds the parameters
     * @param frames the features of the frames (N,T,F)
     * @param lengths the valid frames of each sequence (N), int64, 1 to T
     * @param training whether dropout is applied
     * @return the logits (N,T,C) and the lengths
     */
    public NDList forward(
            ParameterStore parameterStore, NDArray frames, NDArray lengths, boolean training) {
        NDList hidden = dropout.forward(parameterStore, new NDList(frames), training);
        hidden.add(lengths);
        hidden = recurrent.forward(parameterStore, hidden, training).subNDList(0, 1);
        hidden = dropout.forward(parameterStore, hidden, training);
        NDList logits = output.forward(parameterStore, hidden, training);
        logits.add(lengths);
        return logits;
    }

    /**
     * Initialises the parameters.
     *
     * @param manager owns the parameters
     * @param dataType the type of the parameters
     * @param frames the shape of the features (N,T,F)
     */
    public void initialize(NDManager manager, DataType dataType, Shape frames) {
        dropout.initialize(manager, dataType, frames);
        recurrent.initialize(manager, dataType, frames);
        output.initialize(manager, dataType, recurrent.getOutputShapes(new Shape[] {frames})[0]);
    }
}
