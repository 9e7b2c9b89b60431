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
 * A convolution, batch normalisation, ReLU and something that shrinks the image: a stride of the
 * convolution, or max pooling.
 *
 * <p>Takes {@code [images (N,C,H,W), mask]} and gives {@code [images (N,C',H/h,W/w)]}; the divisors
 * h and w must divide H and W. The mask is of the width of the result, (N,1,1,W/w): 1 within the
 * valid width of each image and 0 beyond. What is beyond is 0 in the result, so that the next
 * convolution sees there what it would see at the edge of the image alone.
 */
final class ConvolutionStage extends AbstractBlock {

    private static final byte VERSION = 1;
    private static final Shape NONE = new Shape(1, 1);

    private final Shape pooling;
    private final Block convolution;
    private final Block norm;

    /** A 5 x 5 convolution that halves height and width: cheap on images of full size. */
    static ConvolutionStage halving(int channels) {
        return new ConvolutionStage(channels, 5, 2, NONE);
    }

    /** A 3 x 3 convolution and max pooling. */
    static ConvolutionStage pooling(int channels, Shape pooling) {
        return new ConvolutionStage(channels, 3, 1, pooling);
    }

    private ConvolutionStage(int channels, int kernel, int stride, Shape pooling) {
        super(VERSION);
        this.pooling = pooling;
        // No bias, since the normalisation would subtract it again.
        convolution =
                addChildBlock(
                        "convolution",
                        Conv2d.builder()
                                .setKernelShape(new Shape(kernel, kernel))
                                .optPadding(new Shape(kernel / 2, kernel / 2))
                                .optStride(new Shape(stride, stride))
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
        NDArray activated = Activation.relu(images.singletonOrThrow());
        NDArray shrunk =
                pooling.equals(NONE)
                        ? activated
                        : Pool.maxPool2d(activated, pooling, pooling, new Shape(0, 0), false);
        return new NDList(shrunk.mul(inputs.get(1)));
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
