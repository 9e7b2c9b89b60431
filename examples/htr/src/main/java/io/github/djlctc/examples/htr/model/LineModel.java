package io.github.djlctc.examples.htr.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.nn.convolutional.Conv1d;
import ai.djl.training.ParameterStore;
import ai.djl.util.Pair;
import ai.djl.util.PairList;

import io.github.djlctc.engine.TensorCheck;
import io.github.djlctc.examples.common.model.RecurrentClassifier;
import io.github.djlctc.nn.SequenceLengths;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The line model: four convolutions that shrink the height to one feature column per frame and the
 * width by 4, bidirectional LSTM layers over packed sequences, and a linear layer.
 *
 * <p>Input: {@code [lines (N,W,H) float32, widths (N) int64]}: columns of pixels as frames, 1 for
 * ink, 0 for paper and for padding; H is the height of the size, widths are 1 to W. Output: {@code
 * [logits (N,T,C), lengths (N) int64]} with T = W / 4, rounded up, and the lengths likewise. In
 * training the logits of each CTC head between the LSTM layers follow, (N,T,C), if there are any,
 * and then, with a CTC shortcut (Retsinas et al. 2024, "Best practices for a handwritten text
 * recognition system"), those of a convolution over the feature columns, (N,T,C).
 *
 * <p>A line gives the same logits alone and in a batch: what is beyond its width, rounded up to a
 * multiple of 4, is set to zero wherever a convolution could see it, and outside training batch
 * normalisation uses what it learned. Dimensions change places by transposition only; see
 * docs/measurements/line-image-mistakes.md for what a reshape does instead.
 */
public final class LineModel extends AbstractBlock {

    private static final byte VERSION = 1;
    private static final int SHORTCUT_KERNEL = 3;

    private final ModelSize size;
    private final int classes;
    private final List<ConvolutionStage> stages = new ArrayList<>();
    private final RecurrentClassifier classifier;
    private final Block shortcut;

    /**
     * Creates the model.
     *
     * @param config the sizes of its layers, and whether it has a CTC shortcut or other heads
     * @param classes the number of classes C: labels and blank
     */
    public LineModel(ModelConfig config, int classes) {
        super(VERSION);
        this.size = config.size();
        this.classes = classes;
        int channels = size.channels();
        addStage(ConvolutionStage.halving(channels));
        addStage(ConvolutionStage.pooling(2 * channels, new Shape(2, 2)));
        addStage(ConvolutionStage.pooling(4 * channels, new Shape(2, 1)));
        addStage(ConvolutionStage.pooling(6 * channels, new Shape(size.height() / 8, 1)));
        classifier =
                new RecurrentClassifier(
                        size.stateSize(),
                        size.layers(),
                        size.dropout(),
                        classes,
                        Optional.ofNullable(config.intermediate()));
        for (Pair<String, Block> child : classifier.children()) {
            addChildBlock(child.getKey(), child.getValue());
        }
        shortcut = config.hasShortcut() ? addChildBlock("shortcut", shortcut(classes)) : null;
    }

    private void addStage(ConvolutionStage stage) {
        stages.add(addChildBlock("stage", stage));
    }

    private static Conv1d shortcut(int classes) {
        return Conv1d.builder()
                .setKernelShape(new Shape(SHORTCUT_KERNEL))
                .optPadding(new Shape(SHORTCUT_KERNEL / 2))
                .setFilters(classes)
                .build();
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore parameterStore,
            NDList inputs,
            boolean training,
            PairList<String, Object> params) {
        NDArray lines = inputs.head();
        TensorCheck.of("the array of lines", lines)
                .isReal()
                .hasShape(new Shape(-1, -1, size.height()), "(N,W,H) of the model's size");
        int width = Math.toIntExact(lines.getShape().get(1));
        SequenceLengths lengths =
                SequenceLengths.read(
                                inputs.get(1),
                                lines,
                                "width",
                                "the lines have " + width + " columns")
                        .map(ModelSize::frames);

        NDArray images = images(lines, width);
        for (ConvolutionStage stage : stages) {
            Shape shape = stage.getOutputShapes(new Shape[] {images.getShape()})[0];
            int columns = Math.toIntExact(shape.get(3));
            int perFrame = columns / ModelSize.frames(width);
            NDArray mask =
                    lengths.map(length -> length * perFrame)
                            .mask(images.getManager(), columns)
                            .reshape(-1, 1, 1, columns);
            images = stage.forward(parameterStore, new NDList(images, mask), training).head();
        }
        NDArray columns = images.squeeze(2); // (N, channels, T)
        NDList result =
                classifier.forward(
                        parameterStore,
                        columns.swapAxes(1, 2),
                        lengths.toArray(lines.getManager()),
                        training);
        if (training && shortcut != null) {
            NDList logits = shortcut.forward(parameterStore, new NDList(columns), true);
            result.add(logits.head().swapAxes(1, 2));
        }
        return result;
    }

    /** Returns images (N,1,H,W') with W' a multiple of what the width is divided by. */
    private NDArray images(NDArray lines, int width) {
        int missing = ModelSize.frames(width) * ModelSize.SUBSAMPLING - width;
        NDArray padded = lines;
        if (missing > 0) {
            Shape shape = new Shape(lines.getShape().get(0), missing, size.height());
            padded = lines.concat(lines.getManager().zeros(shape), 1);
        }
        return padded.swapAxes(1, 2).expandDims(1);
    }

    @Override
    protected void initializeChildBlocks(
            NDManager manager, DataType dataType, Shape... inputShapes) {
        Shape lines = inputShapes[0];
        int frames = ModelSize.frames(Math.toIntExact(lines.get(1)));
        long samples = lines.get(0);
        Shape images = new Shape(samples, 1, size.height(), (long) frames * ModelSize.SUBSAMPLING);
        for (ConvolutionStage stage : stages) {
            stage.initialize(manager, dataType, images);
            images = stage.getOutputShapes(new Shape[] {images})[0];
        }
        long channels = images.get(1);
        classifier.initialize(manager, dataType, new Shape(samples, frames, channels));
        if (shortcut != null) {
            shortcut.initialize(manager, dataType, new Shape(samples, channels, frames));
        }
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
        long frames = ModelSize.frames(Math.toIntExact(inputShapes[0].get(1)));
        return new Shape[] {new Shape(inputShapes[0].get(0), frames, classes), inputShapes[1]};
    }
}
