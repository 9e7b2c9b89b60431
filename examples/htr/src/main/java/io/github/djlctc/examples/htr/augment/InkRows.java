package io.github.djlctc.examples.htr.augment;

import io.github.djlctc.examples.htr.image.LineImage;

/**
 * The rows of an image that hold ink.
 *
 * @param top the first of them
 * @param bottom the one after the last
 */
record InkRows(int top, int bottom) {

    /** Above the grain of paper. */
    private static final float INK = 0.25f;

    /** Finds the rows; all of them if there is no ink. */
    static InkRows of(LineImage image) {
        int top = 0;
        int bottom = image.height();
        while (top < bottom && isPaper(image, top)) {
            top++;
        }
        while (bottom > top && isPaper(image, bottom - 1)) {
            bottom--;
        }
        return top == bottom ? new InkRows(0, image.height()) : new InkRows(top, bottom);
    }

    private static boolean isPaper(LineImage image, int row) {
        float[] ink = image.ink();
        for (int i = row * image.width(); i < (row + 1) * image.width(); i++) {
            if (ink[i] > INK) {
                return false;
            }
        }
        return true;
    }

    int height() {
        return bottom - top;
    }

    double middle() {
        return (top + bottom) / 2.0;
    }
}
