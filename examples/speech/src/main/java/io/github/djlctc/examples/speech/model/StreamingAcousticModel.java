package io.github.djlctc.examples.speech.model;

import ai.djl.nn.Activation;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.Dropout;
import ai.djl.nn.norm.LayerNorm;

import io.github.djlctc.nn.FramewiseBlock;
import io.github.djlctc.nn.PackedLSTM;
import io.github.djlctc.nn.TimeConvolution;

/**
 * The layers of a model that reads sound as it comes: two convolutions with layer normalisation,
 * the first of which subsamples in time, LSTM layers that read forward, a convolution over their
 * states at a frame and some after it ("lookahead convolution": Amodei et al., "Deep Speech 2",
 * 2016, section 3.6, here not of each state by itself), and a linear layer.
 *
 * <p>Input and output are those of {@link AcousticModel}.
 */
final class StreamingAcousticModel {

    private static final int KERNEL = 5;

    private StreamingAcousticModel() {}

    /**
     * Creates the layers.
     *
     * @param size their sizes
     * @param lookahead how many frames ahead the last convolution sees
     * @param classes the number of classes C
     */
    static SequentialBlock create(ModelSize size, int lookahead, int classes) {
        SequentialBlock layers = new SequentialBlock();
        addConvolution(layers, size.channels(), KERNEL, KERNEL / 2, size.subsampling());
        addConvolution(layers, size.channels(), KERNEL, KERNEL / 2, 1);
        addDropout(layers, size);
        layers.add(
                PackedLSTM.builder()
                        .setStateSize(size.stateSize())
                        .optLayers(size.layers())
                        .optDirection(PackedLSTM.Direction.FORWARD)
                        .optDropout(size.dropout())
                        .build());
        if (lookahead > 0) {
            addDropout(layers, size);
            addConvolution(layers, size.channels(), lookahead + 1, lookahead, 1);
        }
        addDropout(layers, size);
        layers.add(FramewiseBlock.of(Linear.builder().setUnits(classes).build()));
        return layers;
    }

    private static void addConvolution(
            SequentialBlock layers, int channels, int kernel, int lookahead, int stride) {
        layers.add(
                TimeConvolution.builder()
                        .setChannels(channels)
                        .optKernel(kernel)
                        .optLookahead(lookahead)
                        .optStride(stride)
                        .build());
        // Over the channels of each frame, so that no frame depends on others.
        layers.add(FramewiseBlock.of(LayerNorm.builder().axis(2).build()));
        layers.add(FramewiseBlock.of(Activation.reluBlock()));
    }

    private static void addDropout(SequentialBlock layers, ModelSize size) {
        layers.add(FramewiseBlock.of(Dropout.builder().optRate(size.dropout()).build()));
    }
}
