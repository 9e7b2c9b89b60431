package io.github.djlctc.examples.htr.augment;

import io.github.djlctc.examples.htr.image.LineImage;

/** Lines to test with. */
final class Lines {

    private Lines() {}

    /** Returns a line with a solid block of ink from one place to another, ends excluded. */
    static LineImage block(int width, int height, int left, int top, int right, int bottom) {
        float[] ink = new float[width * height];
        for (int y = top; y < bottom; y++) {
            for (int x = left; x < right; x++) {
                ink[y * width + x] = 1;
            }
        }
        return new LineImage(ink, width, height);
    }

    static double sum(LineImage image) {
        double sum = 0;
        for (float ink : image.ink()) {
            sum += ink;
        }
        return sum;
    }
}
