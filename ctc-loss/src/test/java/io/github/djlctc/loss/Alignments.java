package io.github.djlctc.loss;

import java.util.Arrays;

/**
 * CTC by its definition: every one of the C^T paths is collapsed and compared with the target
 * (Graves et al. 2006, equation 3). For a handful of frames and classes only.
 */
final class Alignments {

    private final double[][] logProbabilities;
    private final double[][] passing;
    private double total = Double.NEGATIVE_INFINITY;

    private Alignments(double[][] logits, int frames, long[] target, int blank) {
        int classes = logits[0].length;
        logProbabilities = new double[frames][];
        passing = new double[frames][classes];
        for (int t = 0; t < frames; t++) {
            logProbabilities[t] = logSoftmax(logits[t]);
            Arrays.fill(passing[t], Double.NEGATIVE_INFINITY);
        }
        int[] path = new int[frames];
        do {
            if (collapsesTo(path, target, blank)) {
                add(path);
            }
        } while (next(path, classes));
    }

    /** Returns minus the logarithm of the probability of the target in the first frames. */
    static double loss(double[][] logits, int frames, long[] target, int blank) {
        return -new Alignments(logits, frames, target, blank).total;
    }

    /**
     * Returns the derivative of the loss: the probability of a class, minus its probability among
     * the paths that collapse to the target (equation 16). It is 0 beyond the frames.
     */
    static double[][] gradient(double[][] logits, int frames, long[] target, int blank) {
        Alignments alignments = new Alignments(logits, frames, target, blank);
        double[][] gradient = new double[logits.length][logits[0].length];
        for (int t = 0; t < frames; t++) {
            for (int c = 0; c < gradient[t].length; c++) {
                gradient[t][c] =
                        Math.exp(alignments.logProbabilities[t][c])
                                - Math.exp(alignments.passing[t][c] - alignments.total);
            }
        }
        return gradient;
    }

    private void add(int[] path) {
        double sum = 0;
        for (int t = 0; t < path.length; t++) {
            sum += logProbabilities[t][path[t]];
        }
        total = logAdd(total, sum);
        for (int t = 0; t < path.length; t++) {
            passing[t][path[t]] = logAdd(passing[t][path[t]], sum);
        }
    }

    private static double logAdd(double a, double b) {
        if (a == Double.NEGATIVE_INFINITY || b == Double.NEGATIVE_INFINITY) {
            return a == Double.NEGATIVE_INFINITY ? b : a;
        }
        return Math.max(a, b) + Math.log1p(Math.exp(-Math.abs(a - b)));
    }

    private static boolean collapsesTo(int[] path, long[] target, int blank) {
        int matched = 0;
        int previous = blank;
        for (int label : path) {
            if (label != previous && label != blank) {
                if (matched == target.length || target[matched] != label) {
                    return false;
                }
                matched++;
            }
            previous = label;
        }
        return matched == target.length;
    }

    private static boolean next(int[] path, int classes) {
        for (int t = 0; t < path.length; t++) {
            if (++path[t] < classes) {
                return true;
            }
            path[t] = 0;
        }
        return false;
    }

    private static double[] logSoftmax(double[] logits) {
        double largest = Arrays.stream(logits).max().orElseThrow();
        double sum = Arrays.stream(logits).map(x -> Math.exp(x - largest)).sum();
        return Arrays.stream(logits).map(x -> x - largest - Math.log(sum)).toArray();
    }
}
