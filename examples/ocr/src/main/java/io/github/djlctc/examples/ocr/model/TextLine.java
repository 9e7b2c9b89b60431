package io.github.djlctc.examples.ocr.model;

import io.github.djlctc.examples.common.image.ColorImage;
import io.github.djlctc.examples.common.image.GreyImage;
import io.github.djlctc.examples.common.image.Resizer;

/**
 * The image of a line as PaddleOCR's recognisers take it: 48 pixels high with its aspect ratio
 * kept, the primaries in the order blue, green, red, black at -1 and white at 1, and columns of 0
 * on the right that make the width a multiple of {@value #WIDTH_MULTIPLE}.
 *
 * <p>The recognisers take no lengths and see the padding as a part of the line. Only lines of the
 * same padded width go into a batch, so that each reads the same alone and in a batch.
 */
public final class TextLine {

    /** The number of rows. */
    public static final int HEIGHT = 48;

    /** Of 8 or 32, both read as well; of 32, more lines are of the same width. */
    static final int WIDTH_MULTIPLE = 32;

    private static final int PRIMARIES = 3;
    private static final float HALF_SCALE = 127.5f;

    /** Primary by primary, row by row: shape (3, {@value #HEIGHT}, paddedWidth). */
    private final float[] values;

    private final int width;
    private final int paddedWidth;

    private TextLine(float[] values, int width, int paddedWidth) {
        this.values = values;
        this.width = width;
        this.paddedWidth = paddedWidth;
    }

    /**
     * Prepares an image.
     *
     * @param image the line, of any size
     * @return what a model takes
     */
    public static TextLine of(ColorImage image) {
        int width = ceilDiv(HEIGHT * image.width(), image.height());
        int paddedWidth = ceilDiv(width, WIDTH_MULTIPLE) * WIDTH_MULTIPLE;
        float[] values = new float[PRIMARIES * HEIGHT * paddedWidth];
        GreyImage[] primaries = {image.blue(), image.green(), image.red()};
        TextLine line = new TextLine(values, width, paddedWidth);
        for (int primary = 0; primary < PRIMARIES; primary++) {
            line.fill(primary, primaries[primary]);
        }
        return line;
    }

    private static int ceilDiv(int dividend, int divisor) {
        return (dividend + divisor - 1) / divisor;
    }

    private void fill(int primary, GreyImage shades) {
        float[] resized = resize(shades);
        for (int row = 0; row < HEIGHT; row++) {
            int target = (primary * HEIGHT + row) * paddedWidth;
            for (int column = 0; column < width; column++) {
                values[target + column] = resized[row * width + column] / HALF_SCALE - 1;
            }
        }
    }

    private float[] resize(GreyImage shades) {
        byte[] pixels = shades.pixels();
        float[] samples = new float[pixels.length];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = pixels[i] & 0xFF;
        }
        float[] rows = new Resizer(shades.height(), HEIGHT).alongColumns(samples, shades.width());
        return new Resizer(shades.width(), width).alongRows(rows, HEIGHT);
    }

    /** Returns an empty line of a padded width. */
    static TextLine blank(int paddedWidth) {
        return new TextLine(new float[PRIMARIES * HEIGHT * paddedWidth], paddedWidth, paddedWidth);
    }

    /** {@return primary by primary, row by row; not a copy, do not change them} */
    float[] values() {
        return values;
    }

    /** {@return the number of columns of the image itself, above 0} */
    public int width() {
        return width;
    }

    /** {@return the number of columns with the padding, a multiple of 32} */
    public int paddedWidth() {
        return paddedWidth;
    }
}
