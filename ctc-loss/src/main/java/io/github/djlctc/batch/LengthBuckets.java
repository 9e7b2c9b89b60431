package io.github.djlctc.batch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.IntStream;

/** The batches of every epoch, of samples of similar length; the epoch alone determines them. */
final class LengthBuckets {

    /** The frames of each sample of the data set. */
    private final long[] lengths;

    private final BatchLimit limit;
    private final OptionalLong seed;
    private final double jitter;
    private final int shortestFirstEpochs;

    /**
     * Describes the batches.
     *
     * @param lengths the frames of each sample of the data set
     * @param limit what a batch may hold
     * @param seed of the random order; without one, all epochs go from short to long
     * @param jitter how far a random factor of a length may be from 1
     * @param shortestFirstEpochs the first epochs that go from short to long also with a seed
     */
    LengthBuckets(
            long[] lengths,
            BatchLimit limit,
            OptionalLong seed,
            double jitter,
            int shortestFirstEpochs) {
        this.lengths = lengths;
        this.limit = limit;
        this.seed = seed;
        this.jitter = jitter;
        this.shortestFirstEpochs = shortestFirstEpochs;
    }

    /** Returns the batches of an epoch, each with the positions of its samples. */
    List<List<Long>> batches(int epoch) {
        if (seed.isEmpty() || epoch < shortestFirstEpochs) {
            return cut(sort(lengthsAsKeys()));
        }
        Random random = new Random(mix(mix(seed.getAsLong()) + epoch));
        double[] keys = lengthsAsKeys();
        for (int i = 0; i < keys.length; i++) {
            keys[i] *= 1 + jitter * (2 * random.nextDouble() - 1);
        }
        List<List<Long>> batches = cut(sort(keys));
        Collections.shuffle(batches, random);
        return batches;
    }

    private double[] lengthsAsKeys() {
        return Arrays.stream(lengths).asDoubleStream().toArray();
    }

    private static int[] sort(double[] keys) {
        return IntStream.range(0, keys.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> keys[i]))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private List<List<Long>> cut(int[] order) {
        List<List<Long>> batches = new ArrayList<>();
        List<Long> batch = new ArrayList<>();
        long longest = 0;
        for (int i : order) {
            longest = Math.max(longest, lengths[i]);
            if (!batch.isEmpty() && !limit.fits(batch.size() + 1, longest)) {
                batches.add(batch);
                batch = new ArrayList<>();
                longest = lengths[i];
            }
            batch.add((long) i);
        }
        if (!batch.isEmpty()) {
            batches.add(batch);
        }
        return batches;
    }

    /** Returns the finalizer of SplitMix64, so that similar seeds give unrelated numbers. */
    private static long mix(long value) {
        long z = value + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
