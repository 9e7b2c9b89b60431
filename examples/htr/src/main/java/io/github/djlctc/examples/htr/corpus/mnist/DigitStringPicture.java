package io.github.djlctc.examples.htr.corpus.mnist;

import io.github.djlctc.examples.common.image.GreyImage;
import io.github.djlctc.examples.htr.corpus.LineSample;

import java.util.List;
import java.util.SplittableRandom;

/**
 * Digits beside each other, white on black: each 0.9 to 1.2 times as large as in MNIST, up to 3
 * pixels above or below the middle, and from 5 pixels into the digit before (less where one of the
 * two is narrow) to 4 pixels behind it.
 */
record DigitStringPicture(List<Digit> digits, long seed) implements LineSample.Source {

    private static final int HEIGHT = 32;
    private static final double MAX_GAP = 4;
    private static final double MAX_OVERLAP = 5;

    @Override
    public GreyImage read(int neededHeight) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] left = new double[digits.size()];
        double[] middle = new double[digits.size()];
        double[] scale = new double[digits.size()];
        double x = random.nextDouble(2, 8);
        for (int i = 0; i < left.length; i++) {
            double overlap = i == 0 ? 0 : overlap(digits.get(i - 1), digits.get(i));
            left[i] = x - overlap * random.nextDouble();
            middle[i] = HEIGHT / 2.0 + random.nextDouble(-3, 3);
            scale[i] = random.nextDouble(0.9, 1.2);
            x = left[i] + scale[i] * digits.get(i).width() + random.nextDouble(MAX_GAP);
        }
        x += random.nextDouble(2, 8);
        int width = (int) Math.ceil(x);
        byte[] pixels = new byte[width * HEIGHT];
        for (int i = 0; i < left.length; i++) {
            draw(digits.get(i), left[i], middle[i], scale[i], pixels, width);
        }
        return new GreyImage(pixels, width, HEIGHT);
    }

    /** Leaves narrow digits, such as a 1, beside the other one. */
    private static double overlap(Digit a, Digit b) {
        return Math.min(MAX_OVERLAP, Math.min(a.width(), b.width()) / 3.0);
    }

    /** Draws a digit over what is there: the brighter one shows. */
    private static void draw(
            Digit digit, double left, double middle, double scale, byte[] pixels, int width) {
        int right = (int) Math.min(width, Math.ceil(left + scale * (digit.width() + 1)));
        for (int y = 0; y < HEIGHT; y++) {
            double fromY = (y + 0.5 - middle) / scale + digit.height() / 2.0 - 0.5;
            for (int x = (int) Math.max(0, left - scale); x < right; x++) {
                double fromX = (x + 0.5 - left) / scale - 0.5;
                int shade = (int) Math.round(digit.at(fromX, fromY));
                int i = y * width + x;
                pixels[i] = (byte) Math.max(pixels[i] & 0xFF, shade);
            }
        }
    }
}
