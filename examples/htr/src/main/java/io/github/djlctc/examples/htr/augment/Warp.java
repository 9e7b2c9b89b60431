package io.github.djlctc.examples.htr.augment;

import io.github.djlctc.examples.common.random.UniformRange;
import io.github.djlctc.examples.common.random.ViewRandom;
import io.github.djlctc.examples.htr.image.LineImage;

import java.util.random.RandomGenerator;

/**
 * Bends the line: shear, scaling, a sloping base line and elastic distortion, in one resampling.
 *
 * <p>The elastic distortion is a smooth field of random displacements, as of Simard, Steinkraus and
 * Platt, Best Practices for Convolutional Neural Networks Applied to Visual Document Analysis,
 * ICDAR 2003, section 2; here, independent ones at the corners of square cells, blended between
 * them. The image gets wider where shear needs it, and keeps its height: what would push ink over
 * the upper or lower edge is reduced until all ink fits.
 */
public final class Warp implements LineAugmentation {

    private final UniformRange shear;
    private final UniformRange widthScale;
    private final UniformRange heightScale;
    private final UniformRange slope;
    private final double elasticity;
    private final double cell;

    private Warp(Builder builder) {
        shear = builder.shear;
        widthScale = builder.widthScale;
        heightScale = builder.heightScale;
        slope = builder.slope;
        elasticity = builder.elasticity;
        cell = builder.cell;
    }

    /**
     * Returns a builder, set to a shear of up to 0.35 both ways, widths of 0.8 to 1.2 and heights
     * of 0.8 to 1.1 times the original, slopes that rise or fall by up to 0.12 of the height, and
     * elastic displacements of up to 0.04 of the height in cells of half the height.
     *
     * @return the builder
     */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public LineImage apply(LineImage image, RandomGenerator random) {
        RandomGenerator shared = ViewRandom.shared(random);
        int height = image.height();
        double lean = shear.draw(shared);
        double across = widthScale.draw(shared);
        double down = heightScale.draw(shared);
        double rise = slope.draw(shared) * height;
        double place = shared.nextDouble();
        double strength = elasticity * height;
        InkRows rows = InkRows.of(image);
        double needed = down * rows.height() + Math.abs(rise) + 2 * strength;
        if (needed > height) {
            double fit = height / needed;
            down *= fit;
            rise *= fit;
            strength *= fit;
            needed = height;
        }
        // Adds half a pixel on each side for interpolation.
        double side = strength + 0.5;
        int width = (int) Math.ceil(across * image.width() + Math.abs(lean) * height + 2 * side);
        // Moves the line up or down at random within part of the free space.
        double oldMiddle = rows.middle();
        double free = (height - needed) / 2;
        double newMiddle =
                Math.max(
                        needed / 2,
                        Math.min(height - needed / 2, oldMiddle + (2 * place - 1) * free / 2));
        Displacements field = Displacements.draw(width, height, cell * height, strength, shared);
        float[] ink = new float[width * height];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int i = y * width + x;
                double toX = x + 0.5 + field.across(x, y);
                double toY = y + 0.5 + field.down(x, y);
                double oldY = (toY - newMiddle - rise * (toX / width - 0.5)) / down + oldMiddle;
                // Upper parts lean to the right.
                double leaning = lean * (lean > 0 ? height - toY : -toY);
                double oldX = (toX - side - leaning) / across;
                ink[i] = sample(image, oldX - 0.5, oldY - 0.5);
            }
        }
        return new LineImage(ink, width, height);
    }

    /** Interpolates between the four pixels around a place; beyond the edges there is paper. */
    private static float sample(LineImage image, double x, double y) {
        int width = image.width();
        int height = image.height();
        if (x <= -1 || y <= -1 || x >= width || y >= height) {
            return 0;
        }
        int left = (int) Math.floor(x);
        int top = (int) Math.floor(y);
        float right = (float) (x - left);
        float lower = (float) (y - top);
        float[] ink = image.ink();
        float sum = 0;
        if (top >= 0) {
            sum += (1 - lower) * between(ink, top * width, left, width, right);
        }
        if (top + 1 < height) {
            sum += lower * between(ink, (top + 1) * width, left, width, right);
        }
        return sum;
    }

    private static float between(float[] ink, int row, int left, int width, float right) {
        float a = left >= 0 ? ink[row + left] : 0;
        float b = left + 1 < width ? ink[row + left + 1] : 0;
        return a + right * (b - a);
    }

    /** Sets up a {@link Warp}. */
    public static final class Builder {

        private UniformRange shear = new UniformRange(-0.35, 0.35);
        private UniformRange widthScale = new UniformRange(0.8, 1.2);
        private UniformRange heightScale = new UniformRange(0.8, 1.1);
        private UniformRange slope = new UniformRange(-0.12, 0.12);
        private double elasticity = 0.04;
        private double cell = 0.5;

        private Builder() {}

        /**
         * Sets the shear.
         *
         * @param range how far the line leans to the right for each pixel up, from -2 to 2
         * @return this builder
         */
        public Builder optShear(UniformRange range) {
            if (range.low() < -2 || range.high() > 2) {
                throw new IllegalArgumentException("a shear from -2 to 2 expected: " + range);
            }
            shear = range;
            return this;
        }

        /**
         * Sets the horizontal scaling.
         *
         * @param range the factor on widths, above 0, at most 4
         * @return this builder
         */
        public Builder optWidthScale(UniformRange range) {
            widthScale = requireScale("width", range);
            return this;
        }

        /**
         * Sets the vertical scaling.
         *
         * @param range the factor on heights, above 0, at most 4; less where the ink would not fit
         * @return this builder
         */
        public Builder optHeightScale(UniformRange range) {
            heightScale = requireScale("height", range);
            return this;
        }

        /**
         * Sets how far the end of the base line lies below its start.
         *
         * @param range the difference as a share of the image's height, from -1 to 1; less where
         *     the ink would not fit
         * @return this builder
         */
        public Builder optSlope(UniformRange range) {
            if (range.low() < -1 || range.high() > 1) {
                throw new IllegalArgumentException("a slope from -1 to 1 expected: " + range);
            }
            slope = range;
            return this;
        }

        /**
         * Sets the elastic distortion.
         *
         * @param strength the largest displacement in each direction as a share of the height, 0 to
         *     0.25
         * @param cellSize the distance between independent displacements as a share of the height,
         *     0.1 or more
         * @return this builder
         */
        public Builder optElastic(double strength, double cellSize) {
            if (!(strength >= 0 && strength <= 0.25 && cellSize >= 0.1)) {
                throw new IllegalArgumentException(
                        "a strength from 0 to 0.25 and cells of 0.1 or more expected: "
                                + strength
                                + " and "
                                + cellSize);
            }
            elasticity = strength;
            cell = cellSize;
            return this;
        }

        /**
         * Builds the augmentation.
         *
         * @return the augmentation
         */
        public Warp build() {
            return new Warp(this);
        }

        private static UniformRange requireScale(String what, UniformRange range) {
            if (range.high() > 4) {
                throw new IllegalArgumentException(
                        "a factor on the " + what + " of at most 4 expected: " + range);
            }
            return range.requirePositive(what + " scale");
        }
    }
}
