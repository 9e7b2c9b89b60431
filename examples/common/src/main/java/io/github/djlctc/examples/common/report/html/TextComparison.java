package io.github.djlctc.examples.common.report.html;

import io.github.djlctc.text.Whitespace;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Reference and hypothesis character by character, with the errors that {@link
 * io.github.djlctc.metric.ErrorRates#characters} counts: the fewest, and among those the most
 * substitutions.
 */
final class TextComparison {

    /** What became of a character of the reference, or where one of the hypothesis comes from. */
    enum Edit {
        EQUAL,
        SUBSTITUTED,
        DELETED,
        INSERTED
    }

    /**
     * One step; a character is -1 where a text has none.
     *
     * @param reference the code point of the reference
     * @param hypothesis the code point of the hypothesis
     */
    record Step(Edit edit, int reference, int hypothesis) {}

    /** Longer pairs of texts are shown without marks: the table would take too much memory. */
    private static final long MAX_CELLS = 4_000_000;

    private static final int NONE = -1;

    private final int[] reference;
    private final int[] hypothesis;
    private final int unit;

    private TextComparison(int[] reference, int[] hypothesis) {
        this.reference = reference;
        this.hypothesis = hypothesis;
        unit = reference.length + hypothesis.length + 1;
    }

    /** Returns the steps in order; none for texts too long to compare. */
    static List<Step> of(String reference, String hypothesis) {
        int[] from = Whitespace.collapse(reference).codePoints().toArray();
        int[] to = Whitespace.collapse(hypothesis).codePoints().toArray();
        if ((from.length + 1L) * (to.length + 1L) > MAX_CELLS) {
            return List.of();
        }
        return new TextComparison(from, to).steps();
    }

    /** Returns at [i][j] the least cost, errors * unit - substitutions, of the first i and j. */
    private long[][] costs() {
        long[][] costs = new long[reference.length + 1][hypothesis.length + 1];
        for (int i = 0; i <= reference.length; i++) {
            for (int j = 0; j <= hypothesis.length; j++) {
                if (i == 0 || j == 0) {
                    costs[i][j] = (long) unit * (i + j);
                } else {
                    long gap = Math.min(costs[i - 1][j], costs[i][j - 1]) + unit;
                    costs[i][j] = Math.min(costs[i - 1][j - 1] + pairCost(i, j), gap);
                }
            }
        }
        return costs;
    }

    private int pairCost(int i, int j) {
        return reference[i - 1] == hypothesis[j - 1] ? 0 : unit - 1;
    }

    private List<Step> steps() {
        long[][] costs = costs();
        Deque<Step> steps = new ArrayDeque<>();
        int i = reference.length;
        int j = hypothesis.length;
        while (i > 0 || j > 0) {
            if (i > 0 && j > 0 && costs[i][j] == costs[i - 1][j - 1] + pairCost(i, j)) {
                Edit edit = pairCost(i, j) == 0 ? Edit.EQUAL : Edit.SUBSTITUTED;
                steps.addFirst(new Step(edit, reference[--i], hypothesis[--j]));
            } else if (i > 0 && costs[i][j] == costs[i - 1][j] + unit) {
                steps.addFirst(new Step(Edit.DELETED, reference[--i], NONE));
            } else {
                steps.addFirst(new Step(Edit.INSERTED, NONE, hypothesis[--j]));
            }
        }
        return List.copyOf(steps);
    }
}
