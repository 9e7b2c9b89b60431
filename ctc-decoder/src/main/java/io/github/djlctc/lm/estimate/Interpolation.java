package io.github.djlctc.lm.estimate;

import java.io.IOException;

/**
 * Adds to the discounted probabilities of an order those of the order below, and to the n-grams
 * their own back-off weights. All are sorted alike, so one pass suffices.
 */
final class Interpolation {

    private final Workspace workspace;
    private final NGramPacking packing;

    Interpolation(Workspace workspace, NGramPacking packing) {
        this.workspace = workspace;
        this.packing = packing;
    }

    /**
     * Interpolates the n-grams of an order.
     *
     * @param order 2 or more
     * @param discounted each n-gram with the discounted probability and the back-off weight of its
     *     context
     * @param lower the interpolated n-grams of the order below
     * @param backoffs the back-off weights of n-grams of this order; null for the highest
     * @return each n-gram with its probability and its back-off weight
     */
    Records interpolate(int order, RecordSource discounted, Records lower, Records backoffs)
            throws IOException {
        int longs = packing.longs(order);
        Lookup suffixes = new Lookup(lower.read(), packing.mask(order - 1, order), lower.width());
        Lookup own =
                backoffs == null
                        ? null
                        : new Lookup(
                                backoffs.drain(), packing.mask(order, order), backoffs.width());
        Records result = workspace.records(longs + 1);
        long[] record = new long[longs + 1];
        StepProgress progress = workspace.progress(EstimationStep.INTERPOLATING);
        while (discounted.next(record)) {
            progress.count();
            if (!suffixes.find(record)) {
                throw new IllegalStateException("an n-gram without its suffix");
            }
            long pair = record[longs];
            float probability =
                    FloatPair.first(pair)
                            + FloatPair.second(pair) * FloatPair.first(suffixes.value());
            float backoff =
                    own == null || !own.find(record) ? 1 : Float.intBitsToFloat((int) own.value());
            record[longs] = FloatPair.of(probability, backoff);
            result.add(record);
        }
        progress.end();
        return result.finish();
    }

    /** Finds ascending keys in a sorted sequence. */
    private static final class Lookup {

        private final RecordSource source;
        private final long[] mask;
        private final int keyLongs;
        private final long[] record;
        private boolean ended;

        Lookup(RecordSource source, long[] mask, int width) throws IOException {
            this.source = source;
            this.mask = mask;
            keyLongs = width - 1;
            record = new long[width];
            ended = !source.next(record);
        }

        /** Finds the record with the masked key. */
        boolean find(long[] key) throws IOException {
            while (!ended) {
                int order = compare(key);
                if (order >= 0) {
                    return order == 0;
                }
                ended = !source.next(record);
            }
            return false;
        }

        long value() {
            return record[keyLongs];
        }

        private int compare(long[] key) {
            for (int i = 0; i < keyLongs; i++) {
                long masked = key[i] & mask[i];
                if (record[i] != masked) {
                    return Long.compareUnsigned(record[i], masked);
                }
            }
            return 0;
        }
    }
}
