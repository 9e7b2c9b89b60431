package io.github.djlctc.examples.common.image;

/** A picture in 256 shades of grey, as it was scanned: paper and ink can be of any shade. */
public final class GreyImage {

    private final byte[] pixels;
    private final int width;
    private final int height;

    /**
     * Creates a picture.
     *
     * @param pixels row by row, from the top left, 0 (black) to 255 (white) as unsigned bytes; not
     *     copied
     * @param width the number of columns, above 0
     * @param height the number of rows, above 0
     * @throws IllegalArgumentException if there are not width * height pixels, or none
     */
    public GreyImage(byte[] pixels, int width, int height) {
        if (width < 1 || height < 1 || pixels.length != (long) width * height) {
            throw new IllegalArgumentException(
                    pixels.length + " pixels for an image of " + width + " x " + height);
        }
        this.pixels = pixels;
        this.width = width;
        this.height = height;
    }

    /** {@return the pixels, row by row, as unsigned bytes; not a copy, do not change them} */
    public byte[] pixels() {
        return pixels;
    }

    /** {@return the number of columns, above 0} */
    public int width() {
        return width;
    }

    /** {@return the number of rows, above 0} */
    public int height() {
        return height;
    }

    /** Returns every nth pixel of every nth row, from the first on. */
    GreyImage everyNth(int step) {
        if (step == 1) {
            return this;
        }
        int newWidth = (width - 1) / step + 1;
        int newHeight = (height - 1) / step + 1;
        byte[] chosen = new byte[newWidth * newHeight];
        for (int y = 0; y < newHeight; y++) {
            for (int x = 0; x < newWidth; x++) {
                chosen[y * newWidth + x] = pixels[y * step * width + x * step];
            }
        }
        return new GreyImage(chosen, newWidth, newHeight);
    }
}
