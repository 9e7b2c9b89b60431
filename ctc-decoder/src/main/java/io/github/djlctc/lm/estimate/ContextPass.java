package io.github.djlctc.lm.estimate;

import java.io.IOException;
import java.util.Arrays;

/**
 * Discounts the n-grams of one order: sorts them by context, sums over each, and sorts them back.
 */
final class ContextPass {

    private final Workspace workspace;
    private final NGramPacking packing;
    private final int order;
    private final int longs;

    /** The n-grams by context: the words before the last from right to left, then the last. */
    private final RecordSorter byContext;

    private final long[] added;

    ContextPass(Workspace workspace, NGramPacking packing, int order, long memory) {
        this.workspace = workspace;
        this.packing = packing;
        this.order = order;
        longs = packing.longs(order);
        added = new long[longs + 1];
        // They come by their last words, so those are in order once the others are.
        byContext = sorter(0, order - 1, memory);
    }

    /** Adds the next n-gram, packed from the last word to the first. */
    void add(long[] ngram, long payload) throws IOException {
        packing.firstToEnd(ngram, order, added);
        added[longs] = payload;
        byContext.add(added);
    }

    /**
     * Discounts the n-grams.
     *
     * @param memory bytes to sort them
     * @param passes how many orders are discounted at one time
     */
    Discounted run(Discounts discounts, long memory, int passes) throws IOException {
        RecordSource source = byContext.sorted(passes);
        // The last words only; those before are in order already.
        RecordSorter sorter = sorter(0, 1, memory);
        sorter.reuse(byContext);
        Records backoffs = workspace.records(packing.longs(order - 1) + 1);
        Group group = new Group();
        long[] record = new long[longs + 1];
        StepProgress progress = workspace.progress(EstimationStep.DISCOUNTING);
        while (source.next(record)) {
            progress.count();
            if (!group.takes(record)) {
                group.end(discounts, backoffs, sorter);
                group.start(record);
            }
            group.add(record);
        }
        group.end(discounts, backoffs, sorter);
        sorter.finish();
        progress.end();
        return new Discounted(sorter, backoffs.finish());
    }

    private RecordSorter sorter(int fromWord, int toWord, long memory) {
        return new RecordSorter(
                workspace,
                packing.sortBy(fromWord, toWord, longs + 1),
                this::write,
                longs + 1,
                longs,
                memory,
                1);
    }

    private Records write(long[] sorted, int count) throws IOException {
        int width = longs + 1;
        Records run = workspace.records(width);
        for (int i = 0; i < count; i++) {
            run.add(sorted, i * width);
        }
        return run.finish();
    }

    /**
     * The result.
     *
     * @param ngrams the n-grams that are not pruned, packed from the last word to the first, with
     *     the discounted probability and the back-off weight of the context
     * @param backoffs the contexts, packed so, each with its back-off weight
     */
    record Discounted(RecordSorter ngrams, Records backoffs) {}

    /** The n-grams of one context. */
    private final class Group {

        private final long[] contextMask = packing.mask(order - 1, order);
        private final long[] context = new long[longs];
        private final ContextSums sums = new ContextSums();
        private final long[] ngram = new long[longs + 1];
        private final long[] backoff = new long[packing.longs(order - 1) + 1];
        private long[] members = new long[16 * (longs + 1)];
        private int size;

        boolean takes(long[] record) {
            for (int i = 0; i < longs; i++) {
                if (((record[i] ^ context[i]) & contextMask[i]) != 0) {
                    return false;
                }
            }
            return true;
        }

        void start(long[] record) {
            for (int i = 0; i < longs; i++) {
                context[i] = record[i] & contextMask[i];
            }
            sums.clear();
            size = 0;
        }

        void add(long[] record) {
            if (size + longs + 1 > members.length) {
                members = Arrays.copyOf(members, Math.multiplyExact(members.length, 2));
            }
            RecordCopy.copy(record, 0, members, size, longs + 1);
            size += longs + 1;
            long payload = record[longs];
            sums.add(CountPayload.adjusted(payload), CountPayload.isKept(payload));
        }

        void end(Discounts discounts, Records backoffs, RecordSorter sorter) throws IOException {
            if (size == 0) {
                return;
            }
            float weight = sums.backoff(discounts);
            System.arraycopy(context, 0, backoff, 0, backoff.length - 1);
            backoff[backoff.length - 1] = Float.floatToRawIntBits(weight);
            backoffs.add(backoff);
            for (int at = 0; at < size; at += longs + 1) {
                long payload = members[at + longs];
                if (CountPayload.isKept(payload)) {
                    packing.endToFirst(members, at, order, ngram);
                    ngram[longs] =
                            FloatPair.of(
                                    sums.probability(CountPayload.adjusted(payload), discounts),
                                    weight);
                    sorter.add(ngram);
                }
            }
        }
    }
}
