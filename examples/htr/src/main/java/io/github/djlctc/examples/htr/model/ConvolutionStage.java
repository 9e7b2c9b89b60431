package io.github.djlctc.examples.htr.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.pooling.Pool;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;

/**
 * A 3 x 3 convolution, batch normalisation, ReLU and max pooling.
 *
 * <p>Takes {@code [images (N,C,H,W), mask]} and gives {@code [images (N,C',H/h,W/w)]} for a pooling
 * of h x w, which must divide H and W. The mask is of the width of the result, (N,1,1,W/w): 1
 * within the valid width of each image and 0 beyond. What is beyond is 0 in the result, so that the
 * next convolution sees there what it would see at the edge of the image alone.
 */
final class ConvolutionStage extends AbstractBlock {

    private static final byte VERSION = 1;
    private static final int KERNEL = 3;

    private final Shape pooling;
    private final Block convolution;
    private final Block norm;

    ConvolutionStage(int channels, Shape pooling) {
        super(VERSION);
        this.pooling = pooling;
        // A bias would be taken away again by the normalisation.
        convolution =
                addChildBlock(
                        "convolution",
                        Conv2d.builder()
                                .setKernelShape(new Shape(KERNEL, KERNEL))
                                .optPadding(new Shape(KERNEL / 2, KERNEL / 2))
                                .setFilters(channels)
                                .optBias(false)
                                .build());
        norm = addChildBlock("norm", BatchNorm.builder().build());
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore parameterStore,
            NDList inputs,
            boolean training,
            PairList<String, Object> params) {
        NDList images = inputs.subNDList(0, 1);
        images = convolution.forward(parameterStore, images, training);
        images = norm.forward(parameterStore, images, training);
        NDArray pooled =
                Pool.maxPool2d(
                        Activation.relu(images.singletonOrThrow()),
                        pooling,
                        pooling,
                        new Shape(0, 0),
                        false);
        return new NDList(pooled.mul(inputs.get(1)));
    }

    @Override
    protected void initializeChildBlocks(
            NDManager manager, DataType dataType, Shape... inputShapes) {
        Shape[] images = {inputShapes[0]};
        convolution.initialize(manager, dataType, images);
        norm.initialize(manager, dataType, convolution.getOutputShapes(images));
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
        Shape images = convolution.getOutputShapes(new Shape[] {inputShapes[0]})[0];
        return new Shape[] {
            new Shape(
                    images.get(0),
                    images.get(1),
                    images.get(2) / pooling.get(0),
                    images.get(3) / pooling.get(1))
        };
    }
}
