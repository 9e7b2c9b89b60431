package io.github.djlctc.benchmarks.remedies;

import io.github.djlctc.batch.LengthBucketSampler;

import java.util.List;
import java.util.SplittableRandom;

/** Which utterances share a batch. */
enum Batching {
    OF_LIKE_LENGTH,
    RANDOM;

    static final int BATCH_SIZE = 16;
    private static final float LENGTH_JITTER = 0.1f;

    LengthBucketSampler sampler(List<PreparedUtterance> utterances, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        long[] lengths =
                utterances.stream()
                        .mapToLong(
                                utterance ->
                                        this == OF_LIKE_LENGTH
                                                ? utterance.features().frames()
                                                : random.nextLong(1, 1_000_000))
                        .toArray();
        return LengthBucketSampler.builder()
                .setLengths(lengths)
                .optBatchSize(BATCH_SIZE)
                .optSeed(seed)
                .optLengthJitter(LENGTH_JITTER)
                .build();
    }
}
