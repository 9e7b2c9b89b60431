package io.github.djlctc.examples.decode;

import io.github.djlctc.emission.WordSpan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How well the confidences of words tell right words from wrong ones.
 *
 * <p>A word is right if an alignment of hypothesis and reference with the fewest errors pairs it
 * with an equal word. The area under the ROC curve is the share of all pairs of a right and a wrong
 * word in which the right one has the higher confidence; equal confidences count half (J. A. Hanley
 * and B. J. McNeil, "The meaning and use of the area under a receiver operating characteristic
 * curve", 1982).
 *
 * @param area the area under the ROC curve, 0 to 1, 0.5 by chance; NaN without right or wrong words
 * @param rightWords the number of right words
 * @param wrongWords the number of wrong words, substituted or inserted
 */
record ConfidenceRanking(double area, int rightWords, int wrongWords) {

    /** Collects the confidences of words, an utterance at a time. */
    static final class Counter {

        private final List<Double> right = new ArrayList<>();
        private final List<Double> wrong = new ArrayList<>();

        void add(String reference, List<WordSpan> words) {
            add(
                    reference,
                    words.stream().map(WordSpan::word).toArray(String[]::new),
                    words.stream().mapToDouble(WordSpan::confidence).toArray());
        }

        void add(String reference, String[] hypothesis, double[] confidences) {
            boolean[] isRight = rightWords(words(reference), hypothesis);
            for (int w = 0; w < isRight.length; w++) {
                (isRight[w] ? right : wrong).add(confidences[w]);
            }
        }

        ConfidenceRanking ranking() {
            return new ConfidenceRanking(area(sorted(right), wrong), right.size(), wrong.size());
        }
    }

    private static String[] words(String text) {
        return text.isBlank() ? new String[0] : text.strip().split("\\s+");
    }

    static double area(double[] sortedRight, List<Double> wrong) {
        double pairs = 0;
        for (double confidence : wrong) {
            int above = sortedRight.length - countBelow(sortedRight, Math.nextUp(confidence));
            int equal = sortedRight.length - countBelow(sortedRight, confidence) - above;
            pairs += above + 0.5 * equal;
        }
        return pairs / ((double) sortedRight.length * wrong.size());
    }

    private static double[] sorted(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    }

    private static int countBelow(double[] sorted, double limit) {
        int from = 0;
        int to = sorted.length;
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (sorted[middle] < limit) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from;
    }

    /** Returns for each word of the hypothesis whether it is right. */
    static boolean[] rightWords(String[] reference, String[] hypothesis) {
        int[][] errors = errorsOfRest(reference, hypothesis);
        boolean[] right = new boolean[hypothesis.length];
        int i = 0;
        int j = 0;
        while (i < reference.length && j < hypothesis.length) {
            boolean equal = reference[i].equals(hypothesis[j]);
            if (errors[i][j] == errors[i + 1][j + 1] + (equal ? 0 : 1)) {
                right[j] = equal;
                i++;
                j++;
            } else if (errors[i][j] == errors[i][j + 1] + 1) {
                j++;
            } else {
                i++;
            }
        }
        return right;
    }

    /** Returns the fewest errors between what follows the first i and j words of both. */
    private static int[][] errorsOfRest(String[] reference, String[] hypothesis) {
        int[][] errors = new int[reference.length + 1][hypothesis.length + 1];
        Arrays.setAll(errors[reference.length], j -> hypothesis.length - j);
        for (int i = reference.length - 1; i >= 0; i--) {
            errors[i][hypothesis.length] = reference.length - i;
            for (int j = hypothesis.length - 1; j >= 0; j--) {
                int aligned = errors[i + 1][j + 1];
                if (!reference[i].equals(hypothesis[j])) {
                    aligned++;
                }
                int unaligned = 1 + Math.min(errors[i + 1][j], errors[i][j + 1]);
                errors[i][j] = Math.min(aligned, unaligned);
            }
        }
        return errors;
    }
}
