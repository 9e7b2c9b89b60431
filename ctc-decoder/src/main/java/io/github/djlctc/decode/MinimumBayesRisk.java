package io.github.djlctc.decode;

import io.github.djlctc.metric.ErrorRates;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Ranks hypotheses by the number of errors that each is expected to make:
 *
 * <pre>
 * expected errors of a text = sum over all texts of P(other text) (edit distance of both)
 * </pre>
 *
 * where P is the share of {@code exp(score)}.
 *
 * <p>V. Goel and W. Byrne, "Minimum Bayes-risk automatic speech recognition" (2000); over an n-best
 * list first by A. Stolcke, Y. König and M. Weintraub, "Explicit word error minimization in n-best
 * list rescoring" (1997).
 */
final class MinimumBayesRisk {

    /** The numbers of the words of each text; equal words have the same one. */
    private final int[][] texts;

    /** The probability of each text. */
    private final double[] posteriors;

    /**
     * Takes hypotheses.
     *
     * @param texts the words of each, or its characters: what counts as one error
     * @param scores natural logarithms, up to a constant
     */
    MinimumBayesRisk(List<List<String>> texts, double[] scores) {
        Map<String, Integer> numbers = new HashMap<>();
        this.texts =
                texts.stream()
                        .map(
                                text ->
                                        text.stream()
                                                .mapToInt(word -> number(word, numbers))
                                                .toArray())
                        .toArray(int[][]::new);
        posteriors = posteriors(scores);
    }

    private static int number(String word, Map<String, Integer> numbers) {
        int next = numbers.size();
        return numbers.computeIfAbsent(word, w -> next);
    }

    private static double[] posteriors(double[] scores) {
        double best = Arrays.stream(scores).max().orElseThrow();
        double[] weights = Arrays.stream(scores).map(score -> Math.exp(score - best)).toArray();
        double sum = Arrays.stream(weights).sum();
        return Arrays.stream(weights).map(weight -> weight / sum).toArray();
    }

    /** Returns the expected number of errors of each text. */
    double[] expectedErrors() {
        double[] expected = new double[texts.length];
        for (int i = 0; i < texts.length; i++) {
            for (int j = 0; j < i; j++) {
                long errors = errors(texts[i], texts[j]);
                expected[i] += posteriors[j] * errors;
                expected[j] += posteriors[i] * errors;
            }
        }
        return expected;
    }

    /** Returns the indices of the texts, fewest expected errors first, equal ones as they were. */
    List<Integer> ranking() {
        double[] expected = expectedErrors();
        return IntStream.range(0, expected.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> expected[i]))
                .toList();
    }

    /** Texts of one beam differ in few words, so only what lies between these is compared. */
    private static long errors(int[] text, int[] other) {
        int shorter = Math.min(text.length, other.length);
        int start = 0;
        while (start < shorter && text[start] == other[start]) {
            start++;
        }
        int end = 0;
        while (end < shorter - start
                && text[text.length - 1 - end] == other[other.length - 1 - end]) {
            end++;
        }
        return ErrorRates.tokens(
                        Arrays.copyOfRange(text, start, text.length - end),
                        Arrays.copyOfRange(other, start, other.length - end))
                .errors();
    }
}
