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

    /**
     * Checks the ranges.
     *
     * @param channels 1 or more
     * @param stateSize 1 or more
     * @param layers 1 or more
     * @param subsampling 1 or more
     * @param dropout 0 to below 1
     */
    public ModelSize {
        if (channels < 1 || stateSize < 1 || layers < 1 || subsampling < 1) {
            throw new IllegalArgumentException(
                    "channels "
                            + channels
                            + ", state size "
                            + stateSize
                            + ", layers "
                            + layers
                            + " and subsampling "
                            + subsampling
                            + " must be 1 or more");
        }
        if (!(dropout >= 0 && dropout < 1)) {
            throw new IllegalArgumentException("dropout " + dropout + " is not from 0 to below 1");
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
