package io.github.djlctc.examples.htr.augment;

import io.github.djlctc.examples.common.random.UniformRange;
import io.github.djlctc.examples.htr.image.LineImage;

import java.util.random.RandomGenerator;

/**
 * Thickens or thins the strokes: moves every pixel by a random share of the way towards the most
 * (grey dilation) or the least ink (grey erosion) of itself and its four neighbours.
 */
public final class StrokeWidth implements LineAugmentation {

    private final UniformRange shares;

    /**
     * Creates the augmentation.
     *
     * @param shares the share of the way, from -1 (the full erosion) over 0 (no change) to 1 (the
     *     full dilation, which widens strokes by 2 pixels)
     * @throws IllegalArgumentException if the range leaves [-1, 1]
     */
    public StrokeWidth(UniformRange shares) {
        if (shares.low() < -1 || shares.high() > 1) {
            throw new IllegalArgumentException(
                    "shares from -1 to 1 expected: " + shares.low() + " to " + shares.high());
        }
        this.shares = shares;
    }

    @Override
    public LineImage apply(LineImage image, RandomGenerator random) {
        float share = (float) shares.draw(random);
        float sign = Math.signum(share);
        float way = Math.abs(share);
        int width = image.width();
        int height = image.height();
        float[] ink = image.ink();
        float[] result = new float[ink.length];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int i = y * width + x;
                float own = ink[i];
                // Erosion is dilation of the negative.
                float most = sign * own;
                most = x > 0 ? Math.max(most, sign * ink[i - 1]) : most;
                most = x + 1 < width ? Math.max(most, sign * ink[i + 1]) : most;
                most = y > 0 ? Math.max(most, sign * ink[i - width]) : most;
                most = y + 1 < height ? Math.max(most, sign * ink[i + width]) : most;
                result[i] = own + way * (sign * most - own);
            }
        }
        return new LineImage(result, width, height);
    }
}
