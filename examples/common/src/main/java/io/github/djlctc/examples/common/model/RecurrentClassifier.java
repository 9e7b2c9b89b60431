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

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The layers that turn frames of features into logits: bidirectional LSTM layers over packed
 * sequences and a linear layer, with dropout before each of the two. There may be CTC heads between
 * the LSTM layers, with dropout before each; the LSTM layers are then a block each, otherwise one
 * together.
 *
 * <p>Not a block: the layers are children of the model's block, which stores their parameters.
 */
public final class RecurrentClassifier {

    /** Measured: what a step of training takes for a frame, by unit of state and layer. */
    private static final int FLOATS_PER_UNIT = 26;

    private final Block dropout;
    private final List<Block> recurrent = new ArrayList<>();
    private final Block output;

    /**
     * Creates layers without heads between them.
     *
     * @param stateSize the state size of each direction of the recurrent layers
     * @param layers the number of recurrent layers
     * @param dropoutRate the dropout before and between the recurrent layers and before the last
     *     layer, 0 to below 1
     * @param classes the number of classes C: labels and blank
     */
    public RecurrentClassifier(int stateSize, int layers, float dropoutRate, int classes) {
        this(stateSize, layers, dropoutRate, classes, Optional.empty());
    }

    /**
     * Creates the layers.
     *
     * @param stateSize the state size of each direction of the recurrent layers
     * @param layers the number of recurrent layers; 2 or more with heads
     * @param dropoutRate the dropout before and between the recurrent layers and before the last
     *     layer, 0 to below 1
     * @param classes the number of classes C: labels and blank
     * @param intermediate the heads after all recurrent layers but the last, if any
     * @throws IllegalArgumentException if there are heads, but no layers to put them between
     */
    public RecurrentClassifier(
            int stateSize,
            int layers,
            float dropoutRate,
            int classes,
            Optional<IntermediateConfig> intermediate) {
        dropout = SampleDropout.of(dropoutRate);
        PackedLSTM.Builder lstm = PackedLSTM.builder().setStateSize(stateSize);
        if (intermediate.isPresent()) {
            intermediate.get().checkLayers(layers);
            recurrent.add(lstm.build());
            for (int layer = 1; layer < layers; layer++) {
                recurrent.add(intermediate.get().newHead(classes));
                recurrent.add(lstm.build());
            }
        } else {
            recurrent.add(lstm.optLayers(layers).optDropout(dropoutRate).build());
        }
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
        for (Block block : recurrent) {
            children.add(block instanceof PackedLSTM ? "lstm" : "head", block);
        }
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
     * @return the logits (N,T,C) and the lengths; in training then those of each head (N,T,C)
     */
    public NDList forward(
            ParameterStore parameterStore, NDArray frames, NDArray lengths, boolean training) {
        NDList hidden = dropped(parameterStore, new NDList(frames, lengths), training);
        for (Block block : recurrent) {
            hidden = block.forward(parameterStore, hidden, training);
            if (block instanceof PackedLSTM) {
                hidden = dropped(parameterStore, hidden, training);
            }
        }
        NDList logits = output.forward(parameterStore, hidden.subNDList(0, 1), training);
        logits.addAll(hidden.subNDList(1));
        return logits;
    }

    /** Drops values of the first array, and passes the others on. */
    private NDList dropped(ParameterStore parameterStore, NDList input, boolean training) {
        NDList output = dropout.forward(parameterStore, input.subNDList(0, 1), training);
        output.addAll(input.subNDList(1));
        return output;
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
        Shape[] shapes = {frames};
        for (Block block : recurrent) {
            block.initialize(manager, dataType, shapes);
            shapes = block.getOutputShapes(shapes);
        }
        output.initialize(manager, dataType, shapes);
    }
}
