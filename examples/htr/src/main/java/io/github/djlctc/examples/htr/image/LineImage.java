package io.github.djlctc.examples.htr.image;

import io.github.djlctc.examples.common.image.GreyImage;
import io.github.djlctc.examples.common.image.ImageFormatException;
import io.github.djlctc.examples.common.image.ImageLimits;
import io.github.djlctc.examples.common.image.Resizer;

/**
 * A line of text as ink on paper: 0 is the paper, 1 the ink, whatever their shades were and
 * whichever was the darker one. To pad an image is to fill with 0.
 */
public final class LineImage {

    private static final float DARKEST = 255;

    private final float[] ink;
    private final int width;
    private final int height;

    /**
     * Creates an image.
     *
     * @param ink row by row, from the top left, 0 (paper) to 1 (ink); not copied
     * @param width the number of columns, above 0
     * @param height the number of rows, above 0
     * @throws IllegalArgumentException if there are not width * height values, or none
     */
    public LineImage(float[] ink, int width, int height) {
        if (width < 1 || height < 1 || ink.length != (long) width * height) {
            throw new IllegalArgumentException(
                    ink.length + " values for an image of " + width + " x " + height);
        }
        this.ink = ink;
        this.width = width;
        this.height = height;
    }

    /**
     * Finds the ink in a picture and brings it to a set height, with the aspect ratio kept: by
     * averaging over areas to shrink it, by linear interpolation to enlarge it. The result is
     * rounded to the 256 shades that pictures have.
     *
     * @param picture the picture; paper and ink can be of any two shades
     * @param height the number of rows of the result, above 0
     * @param name what errors call the picture
     * @return the image, at least 1 column wide
     * @throws ImageFormatException if the picture is more than {@link ImageLimits#MAX_ASPECT_RATIO}
     *     times as wide as high
     */
    public static LineImage of(GreyImage picture, int height, String name)
            throws ImageFormatException {
        ImageLimits.checkAspectRatio(name, picture.width(), picture.height());
        InkScale scale = InkScale.of(picture);
        float[] inkOfShade = new float[256];
        for (int shade = 0; shade < inkOfShade.length; shade++) {
            inkOfShade[shade] = scale.ink(shade);
        }
        byte[] pixels = picture.pixels();
        float[] ink = new float[pixels.length];
        for (int i = 0; i < ink.length; i++) {
            ink[i] = inkOfShade[pixels[i] & 0xFF];
        }
        LineImage line = new LineImage(ink, picture.width(), picture.height()).toHeight(height);
        return ofShades(line.toShades(), line.width, line.height);
    }

    /**
     * Makes an image of shades, the inverse of {@link #toShades}.
     *
     * @param shades row by row, from the top left, unsigned: 0 (paper) to 255 (ink)
     * @param width the number of columns, above 0
     * @param height the number of rows, above 0
     * @return the image
     * @throws IllegalArgumentException if there are not width * height shades, or none
     */
    public static LineImage ofShades(byte[] shades, int width, int height) {
        float[] ink = new float[shades.length];
        for (int i = 0; i < ink.length; i++) {
            ink[i] = (shades[i] & 0xFF) / DARKEST;
        }
        return new LineImage(ink, width, height);
    }

    /**
     * Rounds to the nearest of 256 shades. Nothing is lost of an image that {@link #of} or {@link
     * #ofShades} made.
     *
     * @return the shades, row by row, unsigned: 0 (paper) to 255 (ink)
     */
    public byte[] toShades() {
        byte[] shades = new byte[ink.length];
        for (int i = 0; i < shades.length; i++) {
            shades[i] = (byte) Math.round(ink[i] * DARKEST);
        }
        return shades;
    }

    /** {@return the ink, row by row; not a copy, do not change it} */
    public float[] ink() {
        return ink;
    }

    /** {@return the number of columns, above 0} */
    public int width() {
        return width;
    }

    /** {@return the number of rows, above 0} */
    public int height() {
        return height;
    }

    private LineImage toHeight(int newHeight) {
        if (newHeight == height) {
            return this;
        }
        int newWidth = (int) Math.max(1, Math.round((double) width * newHeight / height));
        float[] rows = new Resizer(height, newHeight).alongColumns(ink, width);
        float[] result = new Resizer(width, newWidth).alongRows(rows, newHeight);
        return new LineImage(result, newWidth, newHeight);
    }
}
