package io.github.djlctc.testing;

import java.util.Random;

/**
 * Utterances of three labels, each of which lasts eight frames: silence, a frame that shows it as a
 * noisy unit vector, silence.
 */
public final class ToyUtterances {

    /** The labels and the blank, 0. */
    public static final int CLASSES = 5;

    /** The frames of a label. */
    public static final int FRAMES_PER_LABEL = 8;

    /** The features of a frame. */
    public static final int FEATURES = CLASSES;

    private static final int LABELS = 3;

    /** The frames of an utterance. */
    public static final int FRAMES = LABELS * FRAMES_PER_LABEL;

    private ToyUtterances() {}

    /** Returns utterances that the seed determines. */
    public static ToyBatch of(int size, long seed) {
        Random random = new Random(seed);
        float[] features = new float[size * FRAMES * FEATURES];
        long[][] targets = new long[size][LABELS];
        int i = 0;
        for (int n = 0; n < size; n++) {
            for (int s = 0; s < LABELS; s++) {
                targets[n][s] = 1L + random.nextInt(CLASSES - 1);
            }
            for (int t = 0; t < FRAMES; t++) {
                boolean silence = t % FRAMES_PER_LABEL != FRAMES_PER_LABEL / 2;
                long shown = silence ? 0 : targets[n][t / FRAMES_PER_LABEL];
                for (int f = 0; f < FEATURES; f++) {
                    features[i++] = (float) (random.nextGaussian() * 0.1) + (f == shown ? 1 : 0);
                }
            }
        }
        return new ToyBatch(FRAMES, features, targets, 0);
    }
}
