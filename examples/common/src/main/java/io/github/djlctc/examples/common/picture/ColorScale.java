package io.github.djlctc.examples.common.picture;

import java.awt.Color;

/**
 * Colours whose lightness rises evenly, so that they order values also in print and for
 * colour-blind readers.
 */
final class ColorScale {

    /** From dark violet through blue and green to yellow, about the scale called viridis. */
    static final ColorScale VIOLET_TO_YELLOW =
            new ColorScale(
                    0x440154, 0x482878, 0x3e4a89, 0x31688e, 0x26828e, 0x1f9e89, 0x35b779, 0x6dcd59,
                    0xb4de2c, 0xfde725);

    /** From white to dark blue. */
    static final ColorScale WHITE_TO_BLUE =
            new ColorScale(0xffffff, 0xdce9f6, 0xb3d0ea, 0x7bb0db, 0x4688c5, 0x205fa6, 0x0b3a78);

    private final int[] anchors;

    private ColorScale(int... anchors) {
        this.anchors = anchors;
    }

    /**
     * Returns the colour of a value.
     *
     * @param value from 0 to 1
     */
    Color color(double value) {
        double position = Math.max(0, Math.min(1, value)) * (anchors.length - 1);
        int index = Math.min((int) position, anchors.length - 2);
        double part = position - index;
        return new Color(
                mix(anchors[index], anchors[index + 1], part, 16),
                mix(anchors[index], anchors[index + 1], part, 8),
                mix(anchors[index], anchors[index + 1], part, 0));
    }

    private static int mix(int low, int high, double part, int shift) {
        int from = low >> shift & 0xff;
        int to = high >> shift & 0xff;
        return (int) Math.round(from + part * (to - from));
    }

    /** Returns black or white, whichever is easier to read on a colour. */
    static Color textOn(Color background) {
        double luma =
                0.299 * background.getRed()
                        + 0.587 * background.getGreen()
                        + 0.114 * background.getBlue();
        return luma > 110 ? Color.BLACK : Color.WHITE;
    }
}
