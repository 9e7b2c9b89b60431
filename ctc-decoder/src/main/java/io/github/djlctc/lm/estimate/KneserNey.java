package io.github.djlctc.lm.estimate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Turns the counts of a text into probabilities by interpolated modified Kneser-Ney smoothing.
 *
 * <p>With a(h w) the adjusted count of the n-gram of context h and word w, h' the context without
 * its first word, and D the discount of a count:
 *
 * <p>\( p(w|h) = \frac{a(hw) - D(a(hw))}{\sum_x a(hx)} + b(h)\,p(w|h'), \quad b(h) = \frac{\sum_x
 * D(a(hx))}{\sum_x a(hx)} \)
 *
 * <p>The counts of pruned n-grams are discounted completely. All arithmetic is in single precision
 * and in the order of lmplz, so that results are the same to the last digits.
 */
final class KneserNey {

    /** The value for log10(0) in ARPA files. */
    private static final float LOG10_ZERO = -99;

    /** The discounts depend on the numbers of n-grams with counts below this. */
    private static final int MANY = 5;

    private final NGramCounter counts;

    /** By order - 1, the id of the n-gram that lmplz counts as it occurs; -1 if there is none. */
    private final int[] lastSuffixes;

    /** By order - 1, the highest count that is pruned. */
    private final int[] thresholds;

    private final Discounts fallback;
    private final List<Integer> fallbackOrders = new ArrayList<>();

    private KneserNey(NGramCounter counts, int[] thresholds, Discounts fallback) {
        this.counts = counts;
        this.lastSuffixes = lastSuffixes(counts);
        this.thresholds = thresholds;
        this.fallback = fallback;
    }

    /**
     * Estimates a model.
     *
     * @param thresholds by order - 1, the highest count that is pruned
     * @param fallback discounts for orders whose own cannot be computed; null to throw there
     * @throws DiscountException if the discounts of an order cannot be computed
     */
    static EstimatedNGrams estimate(NGramCounter counts, int[] thresholds, Discounts fallback) {
        return new KneserNey(counts, thresholds, fallback).estimate();
    }

    private EstimatedNGrams estimate() {
        int order = counts.order();
        Discounts[] discounts = new Discounts[order];
        float[][] probabilities = new float[order + 1][];
        float[][] backoffs = new float[order + 1][];
        int vocabularySize = pruning(1).keptCount(counts.table(1));
        // <s> never follows a word, so it is left out.
        probabilities[0] = new float[] {1f / (vocabularySize - 1)};
        for (int n = 1; n <= order; n++) {
            int[] adjusted = adjustedCounts(n);
            discounts[n - 1] = discounts(n, adjusted);
            ContextSums sums = new ContextSums(n, adjusted);
            backoffs[n - 1] = sums.backoffs(discounts[n - 1]);
            probabilities[n] =
                    interpolate(
                            n,
                            adjusted,
                            discounts[n - 1],
                            sums,
                            backoffs[n - 1],
                            probabilities[n - 1]);
        }
        backoffs[order] = new float[counts.table(order).size()];
        Arrays.fill(backoffs[order], 1);
        return result(discounts, probabilities, backoffs);
    }

    private EstimatedNGrams result(
            Discounts[] discounts, float[][] probabilities, float[][] backoffs) {
        List<EstimatedOrder> orders = new ArrayList<>();
        SuffixOrder suffixOrder = new SuffixOrder(counts.words().size());
        for (int n = 1; n <= counts.order(); n++) {
            toLog10(probabilities[n]);
            toLog10(backoffs[n]);
            NGramTable table = counts.table(n);
            orders.add(
                    new EstimatedOrder(
                            table,
                            discounts[n - 1],
                            probabilities[n],
                            backoffs[n],
                            suffixOrder.sort(table, pruning(n))));
        }
        return new EstimatedNGrams(counts.words(), orders, fallbackOrders);
    }

    /**
     * Returns the adjusted count of each n-gram: the number of different words that precede it. For
     * the highest order and for n-grams that begin with {@code <s>}, it is the number of
     * occurrences in the text.
     */
    private int[] adjustedCounts(int n) {
        NGramTable table = counts.table(n);
        int[] adjusted = new int[table.size()];
        if (n < counts.order()) {
            NGramTable longer = counts.table(n + 1);
            for (int id = 0; id < longer.size(); id++) {
                adjusted[longer.suffix(id)]++;
            }
        }
        for (int id = 0; id < adjusted.length; id++) {
            if (adjusted[id] == 0) {
                adjusted[id] = table.count(id);
            }
        }
        return adjusted;
    }

    private Discounts discounts(int n, int[] adjusted) {
        long[] countsOfCounts = new long[MANY + 1];
        for (int count : adjusted) {
            countsOfCounts[Math.min(count, MANY)]++;
        }
        if (n < counts.order()) {
            recountLast(n, adjusted, countsOfCounts);
        }
        try {
            return Discounts.estimate(n, countsOfCounts);
        } catch (DiscountException e) {
            if (fallback == null) {
                throw e;
            }
            fallbackOrders.add(n);
            return fallback;
        }
    }

    /**
     * Counts the order's last n-gram by its occurrences in the text, not by the words before it.
     *
     * <p>So does lmplz with the suffixes of the n-gram that it sorts last, which changes the
     * discounts of small texts.
     */
    private void recountLast(int n, int[] adjusted, long[] countsOfCounts) {
        int last = lastSuffixes[n - 1];
        if (last < 0) {
            return;
        }
        countsOfCounts[Math.min(adjusted[last], MANY)]--;
        countsOfCounts[Math.min(counts.table(n).count(last), MANY)]++;
    }

    /**
     * Finds the n-grams that end the longest n-gram that is last in {@link SuffixOrder}.
     *
     * @return their ids by order - 1; -1 where the sentence is too short
     */
    private static int[] lastSuffixes(NGramCounter counts) {
        int[] last = new int[counts.order()];
        Arrays.fill(last, -1);
        last[0] = counts.words().size() - 1;
        for (int n = 2; n < counts.order(); n++) {
            NGramTable table = counts.table(n);
            int highest = -1;
            for (int id = 0; id < table.size(); id++) {
                int first = table.suffix(id) == last[n - 2] ? counts.firstWord(n, id) : -1;
                if (first > highest) {
                    highest = first;
                    last[n - 1] = id;
                }
            }
        }
        return last;
    }

    private float[] interpolate(
            int n,
            int[] adjusted,
            Discounts discounts,
            ContextSums sums,
            float[] backoffs,
            float[] lower) {
        NGramTable table = counts.table(n);
        float[] probabilities = new float[table.size()];
        for (int id = 0; id < probabilities.length; id++) {
            int context = table.context(id);
            probabilities[id] =
                    discounts.apply(adjusted[id]) / sums.totals[context]
                            + backoffs[context] * lower[table.suffix(id)];
        }
        if (n == 1) {
            probabilities[NGramCounter.SENTENCE_START] = 1;
        }
        return probabilities;
    }

    private Pruning pruning(int n) {
        return new Pruning(thresholds[n - 1], n);
    }

    private static void toLog10(float[] values) {
        for (int i = 0; i < values.length; i++) {
            values[i] = values[i] > 0 ? (float) Math.log10(values[i]) : LOG10_ZERO;
        }
    }

    /** Sums over the words that follow each context of an order. */
    private final class ContextSums {

        private final int[] totals;
        private final int[] ones;
        private final int[] twos;
        private final int[] threesOrMore;
        private final int[] pruned;

        ContextSums(int n, int[] adjusted) {
            NGramTable table = counts.table(n);
            Pruning pruning = pruning(n);
            int contexts = n == 1 ? 1 : counts.table(n - 1).size();
            totals = new int[contexts];
            ones = new int[contexts];
            twos = new int[contexts];
            threesOrMore = new int[contexts];
            pruned = new int[contexts];
            for (int id = 0; id < adjusted.length; id++) {
                int context = table.context(id);
                totals[context] += adjusted[id];
                if (!pruning.keeps(table, id)) {
                    pruned[context] += adjusted[id];
                } else {
                    count(context, adjusted[id]);
                }
            }
        }

        private void count(int context, int adjusted) {
            switch (adjusted) {
                case 0 -> {}
                case 1 -> ones[context]++;
                case 2 -> twos[context]++;
                default -> threesOrMore[context]++;
            }
        }

        /** Returns the back-off weight of each n-gram by id, 1 for those that are not contexts. */
        float[] backoffs(Discounts discounts) {
            float[] backoffs = new float[totals.length];
            for (int context = 0; context < backoffs.length; context++) {
                float mass = discounts.one() * ones[context];
                mass += discounts.two() * twos[context];
                mass += discounts.threeOrMore() * threesOrMore[context];
                mass += pruned[context];
                backoffs[context] = totals[context] == 0 ? 1 : mass / totals[context];
            }
            return backoffs;
        }
    }
}
