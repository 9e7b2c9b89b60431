package io.github.djlctc.examples.decode.data;

/**
 * The unit in which times are written: seconds, or frames where nobody knows how long a frame is.
 */
public final class TimeScale {

    private final double unitsPerFrame;
    private final String unit;

    private TimeScale(double unitsPerFrame, String unit) {
        this.unitsPerFrame = unitsPerFrame;
        this.unit = unit;
    }

    /** {@return times in frames} */
    public static TimeScale frames() {
        return new TimeScale(1, "frames");
    }

    /**
     * Returns times in seconds.
     *
     * @param frameSeconds the seconds from one frame to the next, above 0
     * @return the scale
     */
    public static TimeScale seconds(double frameSeconds) {
        return new TimeScale(frameSeconds, "seconds");
    }

    /**
     * Converts a time, without the noise of binary fractions.
     *
     * @param frame the number of frames before it
     * @return the time, a whole number for frames
     */
    public Number time(int frame) {
        if (unitsPerFrame == 1) {
            return frame;
        }
        return Math.round(frame * unitsPerFrame * 1e9) / 1e9;
    }

    /** {@return the unit, in the plural} */
    public String unit() {
        return unit;
    }
}
