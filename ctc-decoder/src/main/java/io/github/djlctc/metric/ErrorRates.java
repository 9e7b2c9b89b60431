package io.github.djlctc.metric;

import io.github.djlctc.text.Whitespace;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Counts the errors of a hypothesis against its reference.
 *
 * <p>The errors are the fewest substitutions, deletions and insertions, each of cost 1, that turn
 * the reference into the hypothesis (V. I. Levenshtein, "Binary codes capable of correcting
 * deletions, insertions and reversals", 1966). Where several alignments have the fewest errors, the
 * counts are those of the one with the most substitutions, which makes them unique: exchanging
 * reference and hypothesis exchanges deletions and insertions.
 *
 * <p>Time is proportional to the product of both lengths, memory to the hypothesis.
 */
public final class ErrorRates {

    private ErrorRates() {}

    /**
     * Counts character errors, for the character error rate (CER).
     *
     * <p>Characters are Unicode code points. Runs of whitespace count as one space, and none at the
     * ends; a space between words is a character like others. Nothing else is normalised.
     *
     * @param reference the true text
     * @param hypothesis the recognised text
     * @return the counts
     */
    public static ErrorCounts characters(String reference, String hypothesis) {
        Objects.requireNonNull(reference, "reference");
        Objects.requireNonNull(hypothesis, "hypothesis");
        return tokens(
                Whitespace.collapse(reference).codePoints().toArray(),
                Whitespace.collapse(hypothesis).codePoints().toArray());
    }

    /**
     * Counts word errors, for the word error rate (WER).
     *
     * <p>Words are separated by whitespace and compared exactly. In scripts without spaces a line
     * is one word; count {@linkplain #characters characters} there.
     *
     * @param reference the true text
     * @param hypothesis the recognised text
     * @return the counts
     */
    public static ErrorCounts words(String reference, String hypothesis) {
        Objects.requireNonNull(reference, "reference");
        Objects.requireNonNull(hypothesis, "hypothesis");
        Map<String, Integer> numbers = new HashMap<>();
        return tokens(words(reference, numbers), words(hypothesis, numbers));
    }

    /**
     * Counts errors in sequences of class ids, for the label error rate.
     *
     * @param reference the true ids
     * @param hypothesis the recognised ids
     * @return the counts
     */
    public static ErrorCounts tokens(int[] reference, int[] hypothesis) {
        Objects.requireNonNull(reference, "reference");
        Objects.requireNonNull(hypothesis, "hypothesis");
        // The cost errors * unit - substitutions orders alignments by their errors first and then
        // by
        // their substitutions, so one number per cell holds both.
        long unit = reference.length + hypothesis.length + 1L;
        long cost = cheapest(reference, hypothesis, unit);
        long errors = (cost + unit - 1) / unit;
        long substitutions = errors * unit - cost;
        long surplus = (long) hypothesis.length - reference.length;
        long insertions = (errors - substitutions + surplus) / 2;
        return new ErrorCounts(substitutions, insertions - surplus, insertions, reference.length);
    }

    /** Returns the least cost, where a substitution costs unit - 1, other errors unit. */
    private static long cheapest(int[] reference, int[] hypothesis, long unit) {
        long[] row = new long[hypothesis.length + 1];
        for (int j = 1; j < row.length; j++) {
            row[j] = j * unit;
        }
        for (int i = 1; i <= reference.length; i++) {
            long diagonal = row[0];
            row[0] = i * unit;
            for (int j = 1; j < row.length; j++) {
                boolean equal = reference[i - 1] == hypothesis[j - 1];
                long aligned = diagonal + (equal ? 0 : unit - 1);
                diagonal = row[j];
                row[j] = Math.min(aligned, Math.min(row[j], row[j - 1]) + unit);
            }
        }
        return row[hypothesis.length];
    }

    private static int[] words(String text, Map<String, Integer> numbers) {
        String collapsed = Whitespace.collapse(text);
        if (collapsed.isEmpty()) {
            return new int[0];
        }
        String[] words = collapsed.split(" ", -1);
        int[] sequence = new int[words.length];
        for (int i = 0; i < words.length; i++) {
            Integer number = numbers.putIfAbsent(words[i], numbers.size());
            sequence[i] = number == null ? numbers.size() - 1 : number;
        }
        return sequence;
    }
}
