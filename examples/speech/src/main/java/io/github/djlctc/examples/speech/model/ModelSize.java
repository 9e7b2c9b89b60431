package io.github.djlctc.examples.speech.model;

/**
 * The sizes of an acoustic model.
 *
 * @param channels the channels of the two convolutions
 * @param stateSize the state size of each direction of the recurrent layers
 * @param layers the number of recurrent layers
 * @param subsampling the stride of the first convolution: frames in per frame out
 * @param dropout the dropout before and between the recurrent layers and before the last layer
 */
public record ModelSize(int channels, int stateSize, int layers, int subsampling, float dropout) {

    private static final int MAX_WIDTH = 10_000;
    private static final int MAX_DEPTH = 100;

    /**
     * Checks the ranges.
     *
     * @param channels 1 to 10,000
     * @param stateSize 1 to 10,000
     * @param layers 1 to 100
     * @param subsampling 1 to 100
     * @param dropout 0 to below 1
     */
    public ModelSize {
        checkRange("channels", channels, MAX_WIDTH);
        checkRange("state size", stateSize, MAX_WIDTH);
        checkRange("layers", layers, MAX_DEPTH);
        checkRange("subsampling", subsampling, MAX_DEPTH);
        if (!(dropout >= 0 && dropout < 1)) {
            throw new IllegalArgumentException("dropout " + dropout + " is not from 0 to below 1");
        }
    }

    private static void checkRange(String name, int value, int max) {
        if (value < 1 || value > max) {
            throw new IllegalArgumentException(name + " " + value + " is not from 1 to " + max);
        }
    }

    /**
     * Returns the number of frames of the logits.
     *
     * @param frames the number of feature frames, 1 or more
     * @return frames / subsampling, rounded up
     */
    public int subsampled(int frames) {
        return (frames - 1) / subsampling + 1;
    }
}
