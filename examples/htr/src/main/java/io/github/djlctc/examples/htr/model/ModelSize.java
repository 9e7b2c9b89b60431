package io.github.djlctc.examples.htr.model;

import io.github.djlctc.examples.common.model.LayerRanges;

/**
 * The sizes of a line model.
 *
 * @param height the height that lines are brought to, in pixels
 * @param channels the channels of the first convolution; the next three have 2, 4 and 6 times as
 *     many
 * @param stateSize the state size of each direction of the recurrent layers
 * @param layers the number of recurrent layers
 * @param dropout the dropout before and between the recurrent layers and before the last layer
 */
public record ModelSize(int height, int channels, int stateSize, int layers, float dropout) {

    /** Columns of pixels per frame of the logits: two of the stages halve the width. */
    public static final int SUBSAMPLING = 4;

    /** What the height must be a multiple of: three of the stages halve it. */
    private static final int HEIGHT_UNIT = 8;

    private static final int MAX_HEIGHT = 512;

    /**
     * Checks the ranges.
     *
     * @param height a multiple of 8 up to 512
     * @param channels 1 to 10,000
     * @param stateSize 1 to 10,000
     * @param layers 1 to 100
     * @param dropout 0 to below 1
     */
    public ModelSize {
        if (height < HEIGHT_UNIT || height > MAX_HEIGHT || height % HEIGHT_UNIT != 0) {
            throw new IllegalArgumentException(
                    "height "
                            + height
                            + " is not a multiple of "
                            + HEIGHT_UNIT
                            + " up to "
                            + MAX_HEIGHT);
        }
        LayerRanges.checkWidth("channels", channels);
        LayerRanges.checkWidth("state size", stateSize);
        LayerRanges.checkNumber("layers", layers);
        LayerRanges.checkDropout(dropout);
    }

    /**
     * Returns the same sizes for lines of another height.
     *
     * @param newHeight a multiple of 8 up to 512
     * @return the sizes
     */
    public ModelSize withHeight(int newHeight) {
        return new ModelSize(newHeight, channels, stateSize, layers, dropout);
    }

    /**
     * Returns the number of frames of the logits.
     *
     * @param width the width of a line in pixels, 0 or more
     * @return width / {@value #SUBSAMPLING}, rounded up
     */
    public static int frames(int width) {
        return (width + SUBSAMPLING - 1) / SUBSAMPLING;
    }
}
