package io.github.djlctc.batch;

import ai.djl.training.dataset.RandomAccessDataset;
import ai.djl.training.dataset.Sampler;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * A {@link Sampler} that puts samples of similar length into one batch, so that little of a batch
 * is padding.
 *
 * <p>Each call of {@link #sample(RandomAccessDataset)} is one epoch, in which every sample of the
 * data set appears exactly once. Samples are sorted by length, cut into batches, of at most a
 * number of samples, a total of padded frames, or both, and
 *
 * <ul>
 *   <li>without a seed, the batches come in order of length, and are the same in each epoch;
 *   <li>with a seed, lengths are multiplied by a random factor near 1 before they are sorted, so
 *       that batches differ between epochs, and the batches come in random order. The seed and the
 *       number of the epoch determine the batches, on every machine;
 *   <li>in the first epochs of {@link Builder#optShortestFirstEpochs(int)}, the batches come in
 *       order of length also with a seed.
 * </ul>
 *
 * <p>A training run that resumes sets the epoch by {@link #setEpoch(int)}, or also the batch by
 * {@link #setPosition(int, int)}, and meets the batches that the interrupted run would have met.
 *
 * <p>Instances hold the number of the epoch and are not for use by several threads. (DJL's
 * prefetching is no such use: it samples on the calling thread.)
 */
public final class LengthBucketSampler implements Sampler {

    private static final double DEFAULT_LENGTH_JITTER = 0.05;

    private final LengthBuckets buckets;
    private final int samples;
    private final int batchSize;
    private int epoch;
    private int batchesToSkip;

    private LengthBucketSampler(Builder builder) {
        samples = builder.lengths.length;
        batchSize = builder.batchSize;
        buckets =
                new LengthBuckets(
                        builder.lengths,
                        new BatchLimit(builder.batchSize, builder.maxFrames),
                        builder.seed,
                        builder.lengthJitter.orElse(DEFAULT_LENGTH_JITTER),
                        builder.shortestFirstEpochs);
    }

    /**
     * Returns a builder.
     *
     * @return a new builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Returns the batches of the current epoch, from the current batch on, and moves on to the next
     * epoch.
     *
     * @param dataset the data set, of as many samples as lengths have been set
     * @return the positions of the samples of each batch
     * @throws IllegalArgumentException if the size of the data set differs from the number of
     *     lengths
     */
    @Override
    public Iterator<List<Long>> sample(RandomAccessDataset dataset) {
        if (dataset.size() != samples) {
            throw new IllegalArgumentException(
                    String.format(
                            "the sampler has the lengths of %d samples, but the data set has %d"
                                    + " samples; set one length for each, in the same order",
                            samples, dataset.size()));
        }
        List<List<Long>> batches = buckets.batches(epoch);
        int first = Math.min(batchesToSkip, batches.size());
        epoch++;
        batchesToSkip = 0;
        return batches.subList(first, batches.size()).iterator();
    }

    /**
     * Returns the largest number of samples of a batch.
     *
     * @return the batch size, or -1 if batches are limited by frames alone
     */
    @Override
    public int getBatchSize() {
        return batchSize;
    }

    /**
     * Returns the epoch that the next call of {@link #sample(RandomAccessDataset)} gives.
     *
     * @return the epoch, from 0
     */
    public int epoch() {
        return epoch;
    }

    /**
     * Sets the epoch that the next call of {@link #sample(RandomAccessDataset)} gives.
     *
     * @param epoch the epoch, from 0
     * @throws IllegalArgumentException if the epoch is negative
     */
    public void setEpoch(int epoch) {
        setPosition(epoch, 0);
    }

    /**
     * Sets the epoch that the next call of {@link #sample(RandomAccessDataset)} gives, and how many
     * of its batches are left out, because they are done. Later epochs are whole.
     *
     * @param epoch the epoch, from 0
     * @param batches the number of batches that are done; of all of them, or more, none is left
     * @throws IllegalArgumentException if the epoch or the number is negative
     */
    public void setPosition(int epoch, int batches) {
        if (epoch < 0) {
            throw new IllegalArgumentException("epoch must not be negative: " + epoch);
        }
        if (batches < 0) {
            throw new IllegalArgumentException("batches must not be negative: " + batches);
        }
        this.epoch = epoch;
        batchesToSkip = batches;
    }

    /** Builds a {@link LengthBucketSampler}. */
    public static final class Builder {

        /** The frames of each sample of the data set. */
        private long[] lengths;

        private int batchSize = BatchLimit.NONE;
        private long maxFrames = BatchLimit.NONE;
        private OptionalLong seed = OptionalLong.empty();
        private OptionalDouble lengthJitter = OptionalDouble.empty();
        private int shortestFirstEpochs;

        private Builder() {}

        /**
         * Sets the length of each sample of the data set, in its order.
         *
         * @param lengths the lengths, in frames
         * @return this builder
         * @throws IllegalArgumentException if a length is negative
         */
        public Builder setLengths(long[] lengths) {
            Objects.requireNonNull(lengths, "lengths");
            for (int i = 0; i < lengths.length; i++) {
                if (lengths[i] < 0) {
                    throw new IllegalArgumentException(
                            "sample " + i + " has the negative length " + lengths[i]);
                }
            }
            this.lengths = lengths.clone();
            return this;
        }

        /**
         * Sets the length of each sample of the data set, in its order.
         *
         * @param lengths the lengths, in frames
         * @return this builder
         * @throws IllegalArgumentException if a length is negative
         */
        public Builder setLengths(int[] lengths) {
            Objects.requireNonNull(lengths, "lengths");
            return setLengths(Arrays.stream(lengths).asLongStream().toArray());
        }

        /**
         * Makes batches of a number of samples; one batch may have fewer, and with {@link
         * #optMaxFrames(long)} those of long samples have.
         *
         * @param batchSize the number of samples
         * @return this builder
         * @throws IllegalArgumentException if the number is not positive
         */
        public Builder optBatchSize(int batchSize) {
            checkPositive("batchSize", batchSize);
            this.batchSize = batchSize;
            return this;
        }

        /**
         * Makes batches of as many samples as fit into a number of frames, padding included: the
         * longest length times the number of samples is at most this. A sample that is longer by
         * itself forms a batch of its own, and one of length 0 counts as one frame. With {@link
         * #optBatchSize(int)} both limits hold: so few long samples are in a batch that its memory
         * is bounded, and not too many short ones.
         *
         * @param maxFrames the number of frames
         * @return this builder
         * @throws IllegalArgumentException if the number is not positive
         */
        public Builder optMaxFrames(long maxFrames) {
            checkPositive("maxFrames", maxFrames);
            this.maxFrames = maxFrames;
            return this;
        }

        /**
         * Shuffles each epoch, in a way that the seed and the number of the epoch determine; not
         * shuffled by default.
         *
         * @param seed the seed
         * @return this builder
         */
        public Builder optSeed(long seed) {
            this.seed = OptionalLong.of(seed);
            return this;
        }

        /**
         * Sets how far a shuffled epoch may depart from the order of lengths: each length is
         * multiplied by a random factor in [1 - jitter, 1 + jitter) for sorting; 0.05 by default.
         * More makes the batches of two epochs differ more, and hold more padding. Needs a seed.
         *
         * @param jitter the jitter, in [0, 1]; 0 keeps the composition of the batches
         * @return this builder
         * @throws IllegalArgumentException if the jitter is out of range
         */
        public Builder optLengthJitter(float jitter) {
            if (!(jitter >= 0 && jitter <= 1)) {
                throw new IllegalArgumentException("jitter must be within [0, 1]: " + jitter);
            }
            this.lengthJitter = OptionalDouble.of(jitter);
            return this;
        }

        /**
         * Goes from the shortest to the longest samples in the first epochs, also with a seed; 0 by
         * default. Short utterances are learnt first, and training is more stable: SortaGrad,
         * Amodei et al., "Deep Speech 2", ICML 2016, section 3.2.
         *
         * @param epochs the number of such epochs
         * @return this builder
         * @throws IllegalArgumentException if the number is negative
         */
        public Builder optShortestFirstEpochs(int epochs) {
            if (epochs < 0) {
                throw new IllegalArgumentException("epochs must not be negative: " + epochs);
            }
            this.shortestFirstEpochs = epochs;
            return this;
        }

        /**
         * Builds the sampler.
         *
         * @return the sampler, at epoch 0
         * @throws IllegalArgumentException if the lengths are not set, or neither the batch size
         *     nor the frames are set, or a length jitter is set without a seed
         */
        public LengthBucketSampler build() {
            if (lengths == null) {
                throw new IllegalArgumentException("the lengths of the samples are not set");
            }
            if (batchSize == BatchLimit.NONE && maxFrames == BatchLimit.NONE) {
                throw new IllegalArgumentException(
                        "set the batch size, the number of frames of a batch, or both");
            }
            if (lengthJitter.isPresent() && seed.isEmpty()) {
                throw new IllegalArgumentException("a length jitter needs a seed: call optSeed");
            }
            return new LengthBucketSampler(this);
        }

        private static void checkPositive(String name, long value) {
            if (value < 1) {
                throw new IllegalArgumentException(name + " must be positive: " + value);
            }
        }
    }
}
