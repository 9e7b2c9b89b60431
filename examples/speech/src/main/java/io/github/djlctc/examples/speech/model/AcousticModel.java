package io.github.djlctc.examples.speech.model;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.norm.LayerNorm;
import ai.djl.training.ParameterStore;
import ai.djl.util.Pair;
import ai.djl.util.PairList;

import io.github.djlctc.examples.common.model.IntermediateConfig;
import io.github.djlctc.examples.common.model.RecurrentClassifier;
import io.github.djlctc.nn.TimeConvolution;

import java.util.Optional;

/**
 * The acoustic model: two convolutions with layer normalisation, the first of which subsamples in
 * time, bidirectional LSTM layers over packed sequences, and a linear layer.
 *
 * <p>Input: {@code [features (N,T,F) float32, lengths (N) int64]}. Output: {@code [logits (N,T',C),
 * lengths (N) int64]} with T' = T / subsampling, rounded up, and the lengths subsampled likewise,
 * on the CPU; in training then the logits (N,T',C) of each CTC head between the LSTM layers, if
 * there are any. Lengths are 1 to T. An utterance gives the same logits alone and in a batch,
 * whatever finite values pad it.
 */
public final class AcousticModel extends AbstractBlock {

    private static final byte VERSION = 1;

    private final ModelSize size;
    private final int classes;
    private final TimeConvolution first;
    private final Block firstNorm;
    private final TimeConvolution second;
    private final Block secondNorm;
    private final RecurrentClassifier classifier;

    /**
     * Creates a model without heads between its layers.
     *
     * @param size the sizes of its layers
     * @param classes the number of classes C: labels and blank
     */
    public AcousticModel(ModelSize size, int classes) {
        this(size, classes, Optional.empty());
    }

    /**
     * Creates the model.
     *
     * @param size the sizes of its layers
     * @param classes the number of classes C: labels and blank
     * @param intermediate the CTC heads between its LSTM layers, if any
     * @throws IllegalArgumentException if there are heads, but no layers to put them between
     */
    public AcousticModel(ModelSize size, int classes, Optional<IntermediateConfig> intermediate) {
        super(VERSION);
        this.size = size;
        this.classes = classes;
        first = addConvolution(size.subsampling());
        firstNorm = addChildBlock("norm", channelNorm());
        second = addConvolution(1);
        secondNorm = addChildBlock("norm", channelNorm());
        classifier =
                new RecurrentClassifier(
                        size.stateSize(), size.layers(), size.dropout(), classes, intermediate);
        for (Pair<String, Block> child : classifier.children()) {
            addChildBlock(child.getKey(), child.getValue());
        }
    }

    /** The child is DJL's convolution, as in all models that were saved. */
    private TimeConvolution addConvolution(int stride) {
        TimeConvolution convolution =
                TimeConvolution.builder().setChannels(size.channels()).optStride(stride).build();
        addChildBlock("convolution", convolution.convolution());
        return convolution;
    }

    // Over the channels of each frame, so that no frame depends on the padding of its batch.
    private static LayerNorm channelNorm() {
        return LayerNorm.builder().axis(2).build();
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore parameterStore,
            NDList inputs,
            boolean training,
            PairList<String, Object> params) {
        NDList hidden = first.forward(parameterStore, inputs, training);
        hidden = normalise(firstNorm, hidden, parameterStore, training);
        hidden = second.forward(parameterStore, hidden, training);
        hidden = normalise(secondNorm, hidden, parameterStore, training);
        return classifier.forward(parameterStore, hidden.get(0), hidden.get(1), training);
    }

    /** Takes and gives frames (N,T,channels) and lengths. */
    private static NDList normalise(
            Block norm, NDList input, ParameterStore parameterStore, boolean training) {
        NDList frames = new NDList(input.head());
        NDList output = Activation.relu(norm.forward(parameterStore, frames, training));
        output.add(input.get(1));
        return output;
    }

    @Override
    protected void initializeChildBlocks(
            NDManager manager, DataType dataType, Shape... inputShapes) {
        Shape[] shapes = inputShapes;
        first.initialize(manager, dataType, shapes);
        shapes = first.getOutputShapes(shapes);
        firstNorm.initialize(manager, dataType, shapes[0]);
        second.initialize(manager, dataType, shapes);
        secondNorm.initialize(manager, dataType, shapes[0]);
        classifier.initialize(manager, dataType, shapes[0]);
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
        long frames = size.subsampled(Math.toIntExact(inputShapes[0].get(1)));
        return new Shape[] {new Shape(inputShapes[0].get(0), frames, classes), inputShapes[1]};
    }
}
