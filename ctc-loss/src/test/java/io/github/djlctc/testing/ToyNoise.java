package io.github.djlctc.testing;

import java.util.Random;

/** Frames of noise, with targets of two or three labels that fit into them. */
public final class ToyNoise {

    /** The samples of a batch. */
    public static final int SAMPLES = 4;

    /** The frames of a sample. */
    public static final int FRAMES = 8;

    /** The features of a frame. */
    public static final int FEATURES = 3;

    /** The labels and the blank, 0. */
    public static final int CLASSES = 4;

    private ToyNoise() {}

    /** Returns the batch of a step, which is the same in every run. */
    public static ToyBatch batch(int step) {
        Random random = new Random(step);
        float[] features = new float[SAMPLES * FRAMES * FEATURES];
        for (int i = 0; i < features.length; i++) {
            features[i] = (float) random.nextGaussian();
        }
        long[][] targets = new long[SAMPLES][];
        for (int n = 0; n < SAMPLES; n++) {
            targets[n] = new long[2 + n % 2];
            for (int s = 0; s < targets[n].length; s++) {
                targets[n][s] = 1L + random.nextInt(CLASSES - 1);
            }
        }
        return new ToyBatch(FRAMES, features, targets, (long) step * SAMPLES);
    }
}
