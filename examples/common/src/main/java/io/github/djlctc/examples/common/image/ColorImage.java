package io.github.djlctc.examples.common.image;

/**
 * A picture in colours, as the shades of three primaries.
 *
 * @param red the shades of red
 * @param green the shades of green
 * @param blue the shades of blue; the three may be the same object where the picture is grey
 */
public record ColorImage(GreyImage red, GreyImage green, GreyImage blue) {

    /**
     * Checks the sizes.
     *
     * @param red the shades of red
     * @param green the shades of green
     * @param blue the shades of blue
     * @throws IllegalArgumentException if they differ
     */
    public ColorImage {
        if (!isSameSize(red, green) || !isSameSize(red, blue)) {
            throw new IllegalArgumentException("the three primaries differ in size");
        }
    }

    private static boolean isSameSize(GreyImage one, GreyImage other) {
        return one.width() == other.width() && one.height() == other.height();
    }

    /** {@return the number of columns, above 0} */
    public int width() {
        return red.width();
    }

    /** {@return the number of rows, above 0} */
    public int height() {
        return red.height();
    }
}
