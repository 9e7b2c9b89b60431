package io.github.djlctc.examples.speech.model;

import io.github.djlctc.examples.common.model.LayerRanges;

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
     * @param channels 1 to 10,000
     * @param stateSize 1 to 10,000
     * @param layers 1 to 100
     * @param subsampling 1 to 100
     * @param dropout 0 to below 1
     */
    public ModelSize {
        LayerRanges.checkWidth("channels", channels);
        LayerRanges.checkWidth("state size", stateSize);
        LayerRanges.checkNumber("layers", layers);
        LayerRanges.checkNumber("subsampling", subsampling);
        LayerRanges.checkDropout(dropout);
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
