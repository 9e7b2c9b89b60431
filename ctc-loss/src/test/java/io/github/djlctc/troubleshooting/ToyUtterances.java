package io.github.djlctc.troubleshooting;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

import java.util.Arrays;
import java.util.Random;

/**
 * Utterances of three labels, each of which lasts eight frames: silence, a frame that shows it as a
 * noisy unit vector, silence.
 */
final class ToyUtterances {

    static final int CLASSES = 5;
    static final int LABELS = 3;
    static final int FRAMES_PER_LABEL = 8;
    static final int FRAMES = LABELS * FRAMES_PER_LABEL;
    static final int FEATURES = CLASSES;

    final int size;
    final float[] features;
    final long[][] targets;

    private ToyUtterances(int size) {
        this.size = size;
        features = new float[size * FRAMES * FEATURES];
        targets = new long[size][LABELS];
    }

    static ToyUtterances of(int size, long seed) {
        Random random = new Random(seed);
        ToyUtterances utterances = new ToyUtterances(size);
        for (int n = 0; n < size; n++) {
            for (int s = 0; s < LABELS; s++) {
                utterances.targets[n][s] = 1L + random.nextInt(CLASSES - 1);
            }
            for (int t = 0; t < FRAMES; t++) {
                boolean silence = t % FRAMES_PER_LABEL != FRAMES_PER_LABEL / 2;
                long shown = silence ? 0 : utterances.targets[n][t / FRAMES_PER_LABEL];
                for (int f = 0; f < FEATURES; f++) {
                    utterances.features[(n * FRAMES + t) * FEATURES + f] =
                            (float) (random.nextGaussian() * 0.1) + (f == shown ? 1 : 0);
                }
            }
        }
        return utterances;
    }

    /** Returns the same targets with features that are all 0. */
    ToyUtterances withoutSound() {
        ToyUtterances silent = new ToyUtterances(size);
        System.arraycopy(targets, 0, silent.targets, 0, size);
        return silent;
    }

    /** Returns the same utterances with another target for the first. */
    ToyUtterances withFirstTarget(long... target) {
        ToyUtterances changed = new ToyUtterances(size);
        System.arraycopy(features, 0, changed.features, 0, features.length);
        System.arraycopy(targets, 0, changed.targets, 0, size);
        changed.targets[0] = target;
        return changed;
    }

    ToyUtterances part(int from, int to) {
        ToyUtterances part = new ToyUtterances(to - from);
        int row = FRAMES * FEATURES;
        System.arraycopy(features, from * row, part.features, 0, (to - from) * row);
        System.arraycopy(targets, from, part.targets, 0, to - from);
        return part;
    }

    /** Returns the features, (N,T,F). */
    NDArray features(NDManager manager) {
        return manager.create(features, new Shape(size, FRAMES, FEATURES));
    }

    /** Returns the targets, (N,S), padded with -1. */
    NDArray targets(NDManager manager) {
        int longest = Arrays.stream(targets).mapToInt(target -> target.length).max().orElse(0);
        long[] padded = new long[size * longest];
        Arrays.fill(padded, -1);
        for (int n = 0; n < size; n++) {
            System.arraycopy(targets[n], 0, padded, n * longest, targets[n].length);
        }
        return manager.create(padded, new Shape(size, longest));
    }
}
