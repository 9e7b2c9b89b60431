package io.github.djlctc.examples.htr.mistakes;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;

import io.github.djlctc.host.HostArrays;
import io.github.djlctc.nn.PackedLSTM;

import java.util.Arrays;
import java.util.List;

/**
 * A small reader of lines of 32 pixels, in which one thing is wrong: three strided convolutions
 * with batch normalisation, after which padding is set to 0, the mean over the height, a
 * bidirectional LSTM layer and a linear layer.
 *
 * <p>Takes {@code [lines (N,W,32), widths (N)]}, gives {@code [logits (N,T,C), lengths (N)]}.
 */
final class SmallReader extends AbstractBlock {

    static final int HEIGHT = 32;
    static final int SUBSAMPLING = 4;

    private static final int[] CHANNELS = {12, 24, 48};
    private static final Shape[] STRIDES = {new Shape(2, 2), new Shape(2, 2), new Shape(2, 1)};

    private final Mistake mistake;
    private final List<Block> convolutions;
    private final List<Block> norms;
    private final Block recurrent;
    private final Block output;

    SmallReader(Mistake mistake, int classes) {
        this.mistake = mistake;
        convolutions = List.of(convolution(0), convolution(1), convolution(2));
        norms = List.of(norm(), norm(), norm());
        recurrent = addChildBlock("lstm", PackedLSTM.builder().setStateSize(32).build());
        output = addChildBlock("linear", Linear.builder().setUnits(classes).build());
    }

    private Block convolution(int stage) {
        return addChildBlock(
                "convolution",
                Conv2d.builder()
                        .setKernelShape(new Shape(3, 3))
                        .optPadding(new Shape(1, 1))
                        .optStride(STRIDES[stage])
                        .setFilters(CHANNELS[stage])
                        .build());
    }

    private Block norm() {
        return addChildBlock("norm", BatchNorm.builder().build());
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore parameterStore,
            NDList inputs,
            boolean training,
            PairList<String, Object> params) {
        NDArray images = inputs.head().swapAxes(1, 2).expandDims(1);
        for (int i = 0; i < STRIDES.length; i++) {
            NDList filtered =
                    convolutions.get(i).forward(parameterStore, new NDList(images), training);
            images = norms.get(i).forward(parameterStore, filtered, training).head();
            if (mistake != Mistake.NO_NON_LINEARITY) {
                images = Activation.relu(images);
            }
            if (mistake != Mistake.FIXED_LENGTHS) {
                images = withoutPadding(images, inputs.get(1), i == 0 ? 2 : SUBSAMPLING);
            }
        }
        NDArray columns = images.mean(new int[] {2}); // (N, channels, T)
        NDArray lengths = lengths(inputs.get(1), columns);
        NDList states =
                recurrent.forward(parameterStore, new NDList(frames(columns), lengths), training);
        NDList logits = output.forward(parameterStore, states.subNDList(0, 1), training);
        logits.add(lengths);
        return logits;
    }

    /** Sets what lies beyond each line to 0, as the border of the next convolution is. */
    private static NDArray withoutPadding(NDArray images, NDArray widths, int subsampling) {
        long[] lengths = subsampled(widths, subsampling);
        int columns = (int) images.getShape().get(3);
        float[] mask = new float[lengths.length * columns];
        for (int n = 0; n < lengths.length; n++) {
            Arrays.fill(mask, n * columns, n * columns + (int) lengths[n], 1);
        }
        Shape shape = new Shape(lengths.length, 1, 1, columns);
        return images.mul(images.getManager().create(mask, shape));
    }

    private static long[] subsampled(NDArray widths, int subsampling) {
        return Arrays.stream(HostArrays.readLongs(widths))
                .map(width -> (width + subsampling - 1) / subsampling)
                .toArray();
    }

    private NDArray frames(NDArray columns) {
        Shape shape = columns.getShape();
        return mistake == Mistake.RESHAPE
                ? columns.reshape(shape.get(2), shape.get(0), shape.get(1)).swapAxes(0, 1)
                : columns.swapAxes(1, 2);
    }

    private NDArray lengths(NDArray widths, NDArray columns) {
        long[] lengths = subsampled(widths, SUBSAMPLING);
        if (mistake == Mistake.FIXED_LENGTHS) {
            Arrays.fill(lengths, columns.getShape().get(2));
        }
        return columns.getManager().create(lengths);
    }

    @Override
    protected void initializeChildBlocks(
            NDManager manager, DataType dataType, Shape... inputShapes) {
        Shape images = new Shape(1, 1, HEIGHT, inputShapes[0].get(1));
        for (int i = 0; i < STRIDES.length; i++) {
            convolutions.get(i).initialize(manager, dataType, images);
            images = convolutions.get(i).getOutputShapes(new Shape[] {images})[0];
            norms.get(i).initialize(manager, dataType, images);
        }
        Shape frames = new Shape(1, images.get(3), images.get(1));
        recurrent.initialize(manager, dataType, frames);
        output.initialize(manager, dataType, recurrent.getOutputShapes(new Shape[] {frames})[0]);
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
        throw new UnsupportedOperationException();
    }
}
