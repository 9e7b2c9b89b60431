package io.github.djlctc.examples.speech.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.convolutional.Conv1d;
import ai.djl.nn.norm.LayerNorm;
import ai.djl.training.ParameterStore;
import ai.djl.util.Pair;
import ai.djl.util.PairList;

import io.github.djlctc.engine.TensorCheck;
import io.github.djlctc.examples.common.model.RecurrentClassifier;
import io.github.djlctc.examples.common.model.SequenceLengths;

/**
 * The acoustic model: two convolutions with layer normalisation, the first of which subsamples in
 * time, bidirectional LSTM layers over packed sequences, and a linear layer.
 *
 * <p>Input: {@code [features (N,T,F) float32, lengths (N) int64]}. Output: {@code [logits (N,T',C),
 * lengths (N) int64]} with T' = T / subsampling, rounded up, and the lengths subsampled likewise,
 * on the CPU. Lengths are 1 to T. An utterance gives the same logits alone and in a batch, whatever
 * finite values pad it: frames beyond its length are set to zero wherever a convolution could see
 * them.
 */
public final class AcousticModel extends AbstractBlock {

    private static final byte VERSION = 1;
    private static final int KERNEL = 5;

    private final ModelSize size;
    private final int classes;
    private final Block first;
    private final Block firstNorm;
    private final Block second;
    private final Block secondNorm;
    private final RecurrentClassifier classifier;

    /**
     * Creates the model.
     *
     * @param size the sizes of its layers
     * @param classes the number of classes C: labels and blank
     */
    public AcousticModel(ModelSize size, int classes) {
        super(VERSION);
        this.size = size;
        this.classes = classes;
        first = addChildBlock("convolution", convolution(size.subsampling()));
        firstNorm = addChildBlock("norm", channelNorm());
        second = addChildBlock("convolution", convolution(1));
        secondNorm = addChildBlock("norm", channelNorm());
        classifier =
                new RecurrentClassifier(size.stateSize(), size.layers(), size.dropout(), classes);
        for (Pair<String, Block> child : classifier.children()) {
            addChildBlock(child.getKey(), child.getValue());
        }
    }

    private Conv1d convolution(int stride) {
        return Conv1d.builder()
                .setKernelShape(new Shape(KERNEL))
                .setFilters(size.channels())
                .optStride(new Shape(stride))
                .optPadding(new Shape(KERNEL / 2))
                .build();
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
        NDArray features = inputs.head();
        checkFeatures(features, parameterStore, training);
        NDManager manager = features.getManager();
        int frames = Math.toIntExact(features.getShape().get(1));
        SequenceLengths lengths =
                SequenceLengths.read(
                        inputs.get(1),
                        features,
                        "length",
                        "the features have " + frames + " frames");
        SequenceLengths subsampled = lengths.map(size::subsampled);
        NDArray inputMask = lengths.mask(manager, frames).expandDims(2);
        NDArray mask = subsampled.mask(manager, size.subsampled(frames)).expandDims(2);
        NDList hidden = new NDList(features.mul(inputMask));
        hidden = convolve(first, firstNorm, hidden, parameterStore, training);
        hidden = new NDList(hidden.head().mul(mask));
        hidden = convolve(second, secondNorm, hidden, parameterStore, training);
        return classifier.forward(
                parameterStore, hidden.head(), subsampled.toArray(manager), training);
    }

    /** The first convolution has weights (channels, F, kernel). */
    private void checkFeatures(NDArray features, ParameterStore parameterStore, boolean training) {
        TensorCheck check = TensorCheck.of("the array of features", features).isReal();
        NDArray weight =
                parameterStore.getValue(
                        first.getParameters().get("weight"), features.getDevice(), training);
        check.hasShape(
                        new Shape(-1, -1, weight.getShape().get(1)),
                        "(N,T,F) of the model's parameters")
                .isLike("the parameters", weight);
    }

    /** Takes and gives (N,T,channels). */
    private static NDList convolve(
            Block convolution,
            Block norm,
            NDList input,
            ParameterStore parameterStore,
            boolean training) {
        NDList turned = new NDList(input.head().swapAxes(1, 2));
        NDArray output = convolution.forward(parameterStore, turned, training).head();
        NDList frames = new NDList(output.swapAxes(1, 2));
        return Activation.relu(norm.forward(parameterStore, frames, training));
    }

    @Override
    protected void initializeChildBlocks(
            NDManager manager, DataType dataType, Shape... inputShapes) {
        Shape features = inputShapes[0];
        Shape turned = new Shape(features.get(0), features.get(2), features.get(1));
        first.initialize(manager, dataType, turned);
        Shape hidden = first.getOutputShapes(new Shape[] {turned})[0];
        Shape sequence = new Shape(hidden.get(0), hidden.get(2), hidden.get(1));
        firstNorm.initialize(manager, dataType, sequence);
        second.initialize(manager, dataType, hidden);
        secondNorm.initialize(manager, dataType, sequence);
        classifier.initialize(manager, dataType, sequence);
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
        long frames = size.subsampled(Math.toIntExact(inputShapes[0].get(1)));
        return new Shape[] {new Shape(inputShapes[0].get(0), frames, classes), inputShapes[1]};
    }
}
