package io.github.djlctc.lm.estimate;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
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
 *
 * <p>Works as lmplz does, by sorting (Heafield et al. 2013): counts by the last words give adjusted
 * counts, adjusted counts by context give discounted probabilities, and these by the last words
 * again are interpolated.
 */
final class KneserNey {

    private final Workspace workspace;
    private final NGramCounts counts;
    private final int order;
    private final NGramPacking packing;

    /** By order - 1, the highest count that is pruned. */
    private final int[] thresholds;

    private final Discounts fallback;
    private final List<Integer> fallbackOrders = new ArrayList<>();
    private final List<Discounts> discounts = new ArrayList<>();

    /** By order - 2, the n-grams of orders from 2. */
    private final List<ContextPass> passes = new ArrayList<>();

    private final ContextSums unigramSums = new ContextSums();

    private KneserNey(
            Workspace workspace, NGramCounts counts, int[] thresholds, Discounts fallback) {
        this.workspace = workspace;
        this.counts = counts;
        this.thresholds = thresholds;
        this.fallback = fallback;
        order = counts.order();
        packing = counts.packing();
    }

    /**
     * Estimates a model.
     *
     * @param thresholds by order - 1, the highest count that is pruned
     * @param fallback discounts for orders whose own cannot be computed; null to throw there
     * @throws DiscountException if the discounts of an order cannot be computed
     */
    static EstimatedNGrams estimate(
            Workspace workspace, NGramCounts counts, int[] thresholds, Discounts fallback)
            throws IOException {
        return new KneserNey(workspace, counts, thresholds, fallback).estimate();
    }

    private EstimatedNGrams estimate() throws IOException {
        Records unigrams = adjustCounts();
        List<ContextPass.Discounted> discounted = discount();
        List<Records> orders = new ArrayList<>();
        orders.add(interpolateUnigrams(unigrams, order == 1 ? null : discounted.get(0).backoffs()));
        Interpolation interpolation = new Interpolation(workspace, packing);
        for (int n = 2; n <= order; n++) {
            orders.add(
                    interpolation.interpolate(
                            n,
                            discounted.get(n - 2).ngrams().sorted(),
                            orders.get(n - 2),
                            n == order ? null : discounted.get(n - 1).backoffs()));
        }
        return new EstimatedNGrams(
                workspace, counts.vocabulary(), packing, orders, discounts, fallbackOrders);
    }

    /** Hands the n-grams of all orders to their passes, and returns the 1-grams. */
    private Records adjustCounts() throws IOException {
        long memory = workspace.sortingMemory() / Math.max(1, order - 1);
        for (int n = 2; n <= order; n++) {
            passes.add(new ContextPass(workspace, packing, n, memory));
        }
        Records unigrams = workspace.records(2);
        unigrams.add(unigram(Vocabulary.UNKNOWN, 0));
        unigrams.add(unigram(Vocabulary.SENTENCE_START, 0));
        StepProgress progress = workspace.progress(EstimationStep.ADJUSTING);
        long[][] countsOfCounts =
                AdjustedCounts.adjust(
                        counts,
                        thresholds,
                        (n, ngram, adjusted, kept) -> {
                            progress.count();
                            if (n > 1) {
                                passes.get(n - 2).add(ngram, CountPayload.of(adjusted, kept));
                                return;
                            }
                            unigramSums.add(adjusted, kept);
                            if (kept) {
                                unigrams.add(unigram(packing.word(ngram, 0), adjusted));
                            }
                        });
        progress.end();
        for (int n = 1; n <= order; n++) {
            discounts.add(discounts(n, countsOfCounts[n - 1]));
        }
        return unigrams.finish();
    }

    private long[] unigram(int word, long adjusted) {
        long[] record = new long[2];
        packing.set(record, 0, word);
        record[1] = adjusted;
        return record;
    }

    private Discounts discounts(int n, long[] countsOfCounts) {
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

    /** Discounts the orders from 2, as many at one time as threads and memory permit. */
    private List<ContextPass.Discounted> discount() throws IOException {
        Deque<Workers.Work<ContextPass.Discounted>> working = new ArrayDeque<>();
        List<ContextPass.Discounted> discounted = new ArrayList<>();
        long memory = workspace.sortingMemory() / Math.max(1, order - 1);
        int atOnce = workspace.mergersAtOnce();
        for (int n = 2; n <= order; n++) {
            if (working.size() == atOnce) {
                discounted.add(working.remove().await());
            }
            ContextPass pass = passes.get(n - 2);
            Discounts ofOrder = discounts.get(n - 1);
            working.add(workspace.workers().start(() -> pass.run(ofOrder, memory, atOnce)));
        }
        passes.clear();
        while (!working.isEmpty()) {
            discounted.add(working.remove().await());
        }
        return discounted;
    }

    private Records interpolateUnigrams(Records unigrams, Records backoffs) throws IOException {
        // <s> never follows a word, so it is left out.
        float uniform = 1f / (unigrams.size() - 1);
        float weight = unigramSums.backoff(discounts.get(0));
        Records result = workspace.records(2);
        RecordSource source = unigrams.drain();
        RecordSource contexts = backoffs == null ? record -> false : backoffs.drain();
        long[] record = new long[2];
        long[] context = new long[2];
        boolean more = contexts.next(context);
        while (source.next(record)) {
            float probability =
                    packing.word(record, 0) == Vocabulary.SENTENCE_START
                            ? 1
                            : unigramSums.probability(record[1], discounts.get(0))
                                    + weight * uniform;
            while (more && Long.compareUnsigned(context[0], record[0]) < 0) {
                more = contexts.next(context);
            }
            float backoff =
                    more && context[0] == record[0] ? Float.intBitsToFloat((int) context[1]) : 1;
            record[1] = FloatPair.of(probability, backoff);
            result.add(record);
        }
        return result.finish();
    }
}
