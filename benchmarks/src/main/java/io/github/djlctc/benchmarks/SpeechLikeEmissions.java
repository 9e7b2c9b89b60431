package io.github.djlctc.benchmarks;

import io.github.djlctc.text.Alphabet;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Makes emissions like those of an acoustic model with 50 frames a second: short peaks of letters
 * among blanks, letters mistaken for others, and noise.
 */
final class SpeechLikeEmissions {

    private static final int EDGE_FRAMES = 10;
    private static final int CONFUSIONS = 3;
    private static final double CONFUSION_SHARE = 0.05;

    /** How far the logit of the right class stands above the others on average. */
    private static final double CLARITY = 13;

    private final Alphabet alphabet;
    private final double noise;
    private final int[][] confusions;

    /**
     * Prepares an acoustic model.
     *
     * @param noise the standard deviation of the logits
     */
    SpeechLikeEmissions(Alphabet alphabet, double noise) {
        this.alphabet = alphabet;
        this.noise = noise;
        Random random = new Random(2);
        confusions = new int[alphabet.size()][CONFUSIONS];
        for (int[] ofOneClass : confusions) {
            for (int i = 0; i < CONFUSIONS; i++) {
                ofOneClass[i] = random.nextInt(alphabet.size());
            }
        }
    }

    /** Returns log probabilities of shape (frames, C), the same for the same text and seed. */
    float[] of(String text, long seed) {
        Random random = new Random(seed);
        List<Integer> path = path(alphabet.encode(text), random);
        int classes = alphabet.size();
        float[] emissions = new float[path.size() * classes];
        double[] logits = new double[classes];
        for (int frame = 0; frame < path.size(); frame++) {
            fill(logits, path.get(frame), random);
            double logSum = logSumExp(logits);
            for (int c = 0; c < classes; c++) {
                emissions[frame * classes + c] = (float) (logits[c] - logSum);
            }
        }
        return emissions;
    }

    /** Returns the class of each frame: one or two frames of a token, one to four of the blank. */
    private List<Integer> path(int[] targets, Random random) {
        List<Integer> path = new ArrayList<>();
        append(path, alphabet.blank(), EDGE_FRAMES);
        for (int target : targets) {
            append(path, target, 1 + random.nextInt(2));
            append(path, alphabet.blank(), 1 + random.nextInt(4));
        }
        append(path, alphabet.blank(), EDGE_FRAMES);
        return path;
    }

    private static void append(List<Integer> path, int id, int times) {
        for (int i = 0; i < times; i++) {
            path.add(id);
        }
    }

    private void fill(double[] logits, int right, Random random) {
        Arrays.setAll(logits, c -> noise * random.nextGaussian());
        logits[right] += CLARITY;
        if (right == alphabet.blank()) {
            return;
        }
        logits[alphabet.blank()] += CLARITY * 0.8 * random.nextDouble();
        if (random.nextDouble() < CONFUSION_SHARE) {
            for (int confusion : confusions[right]) {
                logits[confusion] += CLARITY * (0.2 + 0.8 * random.nextDouble());
            }
        }
    }

    private static double logSumExp(double[] logits) {
        double max = Arrays.stream(logits).max().orElseThrow();
        double sum = 0;
        for (double logit : logits) {
            sum += Math.exp(logit - max);
        }
        return max + Math.log(sum);
    }
}
