package io.github.djlctc.examples.common.image;

import io.github.djlctc.examples.common.image.ImageFormatException.Problem;

/** The sizes of images that are read. */
public final class ImageLimits {

    /** The largest image that is read, in pixels: width * height. */
    public static final int MAX_PIXELS = 40_000_000;

    /** How many times as wide as high a line can be. */
    public static final int MAX_ASPECT_RATIO = 200;

    private ImageLimits() {}

    static void check(String name, int width, int height) throws ImageFormatException {
        if (width < 1 || height < 1) {
            throw new ImageFormatException(
                    name, Problem.EMPTY, "it has " + width + " x " + height + " pixels");
        }
        if ((long) width * height > MAX_PIXELS) {
            throw new ImageFormatException(
                    name,
                    Problem.TOO_LARGE,
                    width
                            + " x "
                            + height
                            + " pixels, more than "
                            + MAX_PIXELS / 1_000_000
                            + " million; cut it into lines, or scale it down");
        }
        checkAspectRatio(name, width, height);
    }

    /**
     * Checks that an image can be one line of text.
     *
     * @param name what errors call the image
     * @param width the number of columns, above 0
     * @param height the number of rows, above 0
     * @throws ImageFormatException if it is more than {@link #MAX_ASPECT_RATIO} times as wide as
     *     high
     */
    public static void checkAspectRatio(String name, int width, int height)
            throws ImageFormatException {
        if (width > (long) MAX_ASPECT_RATIO * height) {
            throw new ImageFormatException(
                    name,
                    Problem.TOO_WIDE,
                    width
                            + " x "
                            + height
                            + " pixels, more than "
                            + MAX_ASPECT_RATIO
                            + " times as wide as high; cut the line into parts");
        }
    }
}
