package io.github.djlctc.examples.htr.image;

import io.github.djlctc.examples.common.image.GreyImage;

/**
 * The shades of paper and ink in a picture.
 *
 * <p>The paper is the median of all pixels, since ink covers the smaller part of a text line. The
 * ink is on that side of the paper, darker or brighter, where the squared deviations add up to
 * more; its shade is the mean of the pixels that deviate more than half as far as the farthest ones
 * (one in 2,000 pixels left out as specks).
 *
 * @param paper the shade of the paper, 0 to 255
 * @param contrast the shade of the ink less that of the paper; at least {@value #LEAST_CONTRAST} in
 *     absolute value, so that the grain of an empty sheet is not taken for ink
 */
record InkScale(double paper, double contrast) {

    private static final int SHADES = 256;
    private static final int LEAST_CONTRAST = 24;
    private static final int PIXELS_PER_SPECK = 2000;

    static InkScale of(GreyImage image) {
        int[] histogram = new int[SHADES];
        for (byte pixel : image.pixels()) {
            histogram[pixel & 0xFF]++;
        }
        int paper = median(histogram, image.pixels().length);
        int sign = darkIsInk(histogram, paper) ? -1 : 1;
        int farthest = farthest(histogram, paper, sign, image.pixels().length / PIXELS_PER_SPECK);
        double sum = 0;
        long count = 0;
        for (int distance = farthest / 2 + 1; inRange(paper + sign * distance); distance++) {
            int pixels = histogram[paper + sign * distance];
            sum += (double) pixels * distance;
            count += pixels;
        }
        double contrast = count == 0 ? 0 : sum / count;
        return new InkScale(paper, sign * Math.max(contrast, LEAST_CONTRAST));
    }

    /** Returns how much ink a shade shows, from 0 for paper to 1. */
    float ink(int shade) {
        return (float) Math.max(0, Math.min(1, (shade - paper) / contrast));
    }

    private static int median(int[] histogram, int pixels) {
        int shade = 0;
        for (long below = histogram[0]; 2 * below < pixels; below += histogram[shade]) {
            shade++;
        }
        return shade;
    }

    private static boolean darkIsInk(int[] histogram, int paper) {
        double darker = 0;
        double brighter = 0;
        for (int shade = 0; shade < SHADES; shade++) {
            double squares = (double) histogram[shade] * (shade - paper) * (shade - paper);
            if (shade < paper) {
                darker += squares;
            } else {
                brighter += squares;
            }
        }
        return darker >= brighter;
    }

    private static int farthest(int[] histogram, int paper, int sign, int specks) {
        int distance = sign < 0 ? paper : SHADES - 1 - paper;
        long beyond = 0;
        while (distance > 0) {
            beyond += histogram[paper + sign * distance];
            if (beyond > specks) {
                return distance;
            }
            distance--;
        }
        return 0;
    }

    private static boolean inRange(int shade) {
        return shade >= 0 && shade < SHADES;
    }
}
