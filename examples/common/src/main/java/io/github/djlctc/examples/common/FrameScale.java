package io.github.djlctc.examples.common;

/**
 * The unit in which the positions of frames are written: seconds of audio, pixels of an image, or
 * frames where nobody knows how long a frame is.
 */
public final class FrameScale {

    private final double unitsPerFrame;
    private final String quantity;
    private final String unit;

    private FrameScale(double unitsPerFrame, String quantity, String unit) {
        if (!(unitsPerFrame > 0 && unitsPerFrame < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "a frame lasts " + unitsPerFrame + " " + unit + "; must be above 0");
        }
        this.unitsPerFrame = unitsPerFrame;
        this.quantity = quantity;
        this.unit = unit;
    }

    /** {@return positions in frames} */
    public static FrameScale frames() {
        return new FrameScale(1, "time", "frames");
    }

    /**
     * Returns positions in seconds.
     *
     * @param frameSeconds the seconds from one frame to the next
     * @return the scale
     * @throws IllegalArgumentException if they are not finite and above 0
     */
    public static FrameScale seconds(double frameSeconds) {
        return new FrameScale(frameSeconds, "time", "seconds");
    }

    /**
     * Returns positions in pixels.
     *
     * @param framePixels the pixels of the line image from one frame to the next
     * @return the scale
     * @throws IllegalArgumentException if they are not finite and above 0
     */
    public static FrameScale pixels(double framePixels) {
        return new FrameScale(framePixels, "position", "pixels");
    }

    /**
     * Converts a position, without the noise of binary fractions.
     *
     * @param frame the number of frames before it
     * @return the position, a whole number for frames
     */
    public Number position(int frame) {
        if (unitsPerFrame == 1) {
            return frame;
        }
        return Math.round(frame * unitsPerFrame * 1e9) / 1e9;
    }

    /** {@return what is measured: time, or position} */
    public String quantity() {
        return quantity;
    }

    /** {@return the unit, in the plural} */
    public String unit() {
        return unit;
    }
}
