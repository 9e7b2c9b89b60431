package io.github.djlctc.examples.speech.model;

import ai.djl.nn.Activation;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.LayerNorm;

import io.github.djlctc.nn.ChunkedLSTM;
import io.github.djlctc.nn.FramewiseBlock;
import io.github.djlctc.nn.SampleDropout;
import io.github.djlctc.nn.TimeConvolution;

/**
 * The layers of a model that reads sound as it comes: three convolutions with layer normalisation,
 * of which the first subsamples in time and the last sees some frames ahead, LSTM layers that read
 * forward, and backward within chunks, and a linear layer. What follows a frame tells its sound
 * from others; LSTM layers that read forward alone hardly learn, even if a convolution before them
 * sees ahead.
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
     * @param streaming how far they see ahead
     * @param classes the number of classes C
     */
    static SequentialBlock create(ModelSize size, StreamingConfig streaming, int classes) {
        SequentialBlock layers = new SequentialBlock();
        addConvolution(layers, size.channels(), KERNEL, KERNEL / 2, size.subsampling());
        addConvolution(layers, size.channels(), KERNEL, KERNEL / 2, 1);
        int lookahead = streaming.lookahead();
        addConvolution(layers, size.channels(), KERNEL / 2 + 1 + lookahead, lookahead, 1);
        addDropout(layers, size);
        layers.add(
                ChunkedLSTM.builder()
                        .setChunk(streaming.chunk())
                        .setStateSize(size.stateSize())
                        .optLayers(size.layers())
                        .optDropout(size.dropout())
                        .build());
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
        layers.add(FramewiseBlock.of(SampleDropout.of(size.dropout())));
    }
}
