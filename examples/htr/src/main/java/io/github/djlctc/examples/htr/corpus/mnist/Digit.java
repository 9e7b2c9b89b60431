package io.github.djlctc.examples.htr.corpus.mnist;

/** One digit of MNIST: white on black, with the black around it cut off. */
final class Digit {

    /** The width and height of a digit's image in MNIST. */
    static final int SIZE = 28;

    private final byte[] pixels;
    private final int label;
    private final int width;
    private final int height;

    /** Takes the pixels of MNIST, SIZE * SIZE unsigned bytes; copies what shows the digit. */
    Digit(byte[] image, int label) {
        this.label = label;
        int left = SIZE;
        int right = 0;
        int top = SIZE;
        int bottom = 0;
        for (int i = 0; i < image.length; i++) {
            if (image[i] != 0) {
                left = Math.min(left, i % SIZE);
                right = Math.max(right, i % SIZE + 1);
                top = Math.min(top, i / SIZE);
                bottom = Math.max(bottom, i / SIZE + 1);
            }
        }
        width = Math.max(0, right - left);
        height = Math.max(0, bottom - top);
        pixels = new byte[width * height];
        for (int y = 0; y < height; y++) {
            System.arraycopy(image, (top + y) * SIZE + left, pixels, y * width, width);
        }
    }

    int label() {
        return label;
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    /** Returns the brightness at a place, 0 to 255, blended between pixels; black outside. */
    double at(double x, double y) {
        int left = (int) Math.floor(x);
        int top = (int) Math.floor(y);
        double right = x - left;
        double lower = y - top;
        return (1 - lower) * ((1 - right) * pixel(left, top) + right * pixel(left + 1, top))
                + lower * ((1 - right) * pixel(left, top + 1) + right * pixel(left + 1, top + 1));
    }

    private int pixel(int x, int y) {
        return x < 0 || y < 0 || x >= width || y >= height ? 0 : pixels[y * width + x] & 0xFF;
    }
}
