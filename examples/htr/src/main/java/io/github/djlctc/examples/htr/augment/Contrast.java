package io.github.djlctc.examples.htr.augment;

import io.github.djlctc.examples.common.random.UniformRange;
import io.github.djlctc.examples.htr.image.LineImage;

import java.util.random.RandomGenerator;

/** Makes the ink paler or darker: from ink v to min(1, gain * v^gamma). */
public final class Contrast implements LineAugmentation {

    /** The steps of the table of shades, finer than the 256 of a picture. */
    private static final int STEPS = 1023;

    private final UniformRange gains;
    private final UniformRange gammas;

    /**
     * Creates the augmentation.
     *
     * @param gains the gain, above 0: below 1 pales all ink
     * @param gammas the exponent, above 0: above 1 pales thin ink more than thick
     * @throws IllegalArgumentException if 0 or below is in a range
     */
    public Contrast(UniformRange gains, UniformRange gammas) {
        this.gains = gains.requirePositive("gain");
        this.gammas = gammas.requirePositive("gamma");
    }

    @Override
    public LineImage apply(LineImage image, RandomGenerator random) {
        double gain = gains.draw(random);
        double gamma = gammas.draw(random);
        float[] curve = new float[STEPS + 1];
        for (int i = 0; i <= STEPS; i++) {
            curve[i] = (float) Math.min(1, gain * Math.pow(i / (double) STEPS, gamma));
        }
        float[] ink = image.ink();
        float[] result = new float[ink.length];
        for (int i = 0; i < ink.length; i++) {
            result[i] = curve[Math.round(STEPS * ink[i])];
        }
        return new LineImage(result, image.width(), image.height());
    }
}
