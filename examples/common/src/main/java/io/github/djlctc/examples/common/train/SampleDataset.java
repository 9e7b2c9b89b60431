package io.github.djlctc.examples.common.train;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.dataset.RandomAccessDataset;
import ai.djl.training.dataset.Record;
import ai.djl.util.Progress;

import io.github.djlctc.batch.LengthBucketSampler;
import io.github.djlctc.batch.VariableLengthBatchifier;
import io.github.djlctc.examples.common.random.ViewRandom;

import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * The samples of a split as DJL records: features (T,F) and target (S).
 *
 * <p>What a view of a sample of the training set looks like depends on the seed, the epoch, its
 * index and the number of the view only, so that it does not matter which thread prepares it.
 */
final class SampleDataset extends RandomAccessDataset {

    private enum Features {
        PLAIN,
        VARIED
    }

    private static final float LENGTH_JITTER = 0.1f;

    /** As long as 16 samples of 30 s; longer ones come in smaller batches. */
    private static final BatchBounds EVALUATION = new BatchBounds(16, OptionalLong.of(48_000));

    private static final int MAX_DRAWS = 20;

    private final List<PreparedSample> samples;
    private final LengthBucketSampler bucketSampler;
    private final Features features;
    private final int dimensions;
    private final long seed;
    private final int views;

    private SampleDataset(
            LengthBucketSampler sampler,
            List<PreparedSample> samples,
            Features features,
            int dimensions,
            long seed,
            int views) {
        super(new Builder(sampler));
        this.samples = samples;
        this.features = features;
        this.dimensions = dimensions;
        this.seed = seed;
        this.views = views;
        bucketSampler = sampler;
    }

    /**
     * Samples that are varied, in a new order every epoch.
     *
     * @param dimensions the values of a frame
     */
    static SampleDataset ofTraining(
            List<PreparedSample> samples, int dimensions, BatchBounds bounds, long seed) {
        return ofTraining(samples, dimensions, bounds, seed, 1);
    }

    /**
     * Samples that are varied, in a new order every epoch.
     *
     * @param dimensions the values of a frame
     * @param views how often each sample is in a batch, varied differently but of the same length
     */
    static SampleDataset ofTraining(
            List<PreparedSample> samples,
            int dimensions,
            BatchBounds bounds,
            long seed,
            int views) {
        LengthBucketSampler sampler =
                bounds.sampler()
                        .setLengths(lengths(samples))
                        .optSeed(seed)
                        .optLengthJitter(LENGTH_JITTER)
                        .build();
        return new SampleDataset(sampler, samples, Features.VARIED, dimensions, seed, views);
    }

    /**
     * Samples as they are.
     *
     * @param dimensions the values of a frame
     */
    static SampleDataset ofEvaluation(List<PreparedSample> samples, int dimensions) {
        LengthBucketSampler sampler = EVALUATION.sampler().setLengths(lengths(samples)).build();
        return new SampleDataset(sampler, samples, Features.PLAIN, dimensions, 0, 1);
    }

    private static int[] lengths(List<PreparedSample> samples) {
        return samples.stream().mapToInt(PreparedSample::frames).toArray();
    }

    @Override
    public Record get(NDManager manager, long index) throws IOException {
        float[] values = features(index, bucketSampler.epoch(), 0);
        Shape shape = new Shape(values.length / dimensions, dimensions);
        return new Record(
                new NDList(manager.create(values, shape)),
                new NDList(manager.create(sample(index).target())));
    }

    /**
     * Makes the features of a sample. Those that are varied have enough frames for its target.
     *
     * @param epoch what the sampler says its epoch is after it was asked for one
     * @param view which view of the sample
     * @return the features (T,F), row by row
     */
    float[] features(long index, long epoch, int view) throws IOException {
        PreparedSample sample = sample(index);
        return features == Features.PLAIN
                ? sample.features().plain()
                : varied(sample, view, new SplittableRandom(mixed(seed, epoch, index)));
    }

    /**
     * Varies a sample: at a speed, of those that are drawn, at which its target fits. A sample
     * without room for any change of speed is left as it is.
     */
    private float[] varied(PreparedSample sample, int view, SplittableRandom random)
            throws IOException {
        for (int draw = 0; draw < MAX_DRAWS; draw++) {
            RandomGenerator own = views == 1 ? random : ViewRandom.draw(random, view, views);
            float[] values = sample.features().varied(own);
            if (values.length / dimensions >= sample.leastFrames()) {
                return values;
            }
        }
        return sample.features().plain();
    }

    /** Returns how often each sample is in a batch. */
    int views() {
        return views;
    }

    /** Returns the values of a frame. */
    int dimensions() {
        return dimensions;
    }

    private static long mixed(long seed, long epoch, long index) {
        SplittableRandom random = new SplittableRandom(seed);
        return random.nextLong() ^ (epoch * 0x9E3779B97F4A7C15L) ^ (index * 0xC2B2AE3D27D4EB4FL);
    }

    PreparedSample sample(long index) {
        return samples.get((int) index);
    }

    /** Returns the samples of a batch. */
    List<PreparedSample> samples(List<?> indices) {
        return indices.stream().map(index -> sample(((Number) index).longValue())).toList();
    }

    /** Returns how many batches the first epoch has; others may differ by a few. */
    long batches() {
        int epoch = bucketSampler.epoch();
        bucketSampler.setEpoch(0);
        Iterator<List<Long>> batches = bucketSampler.sample(this);
        long count = 0;
        while (batches.hasNext()) {
            batches.next();
            count++;
        }
        bucketSampler.setEpoch(epoch);
        return count;
    }

    /** The order of the batches; its epoch is the dataset's. */
    LengthBucketSampler sampler() {
        return bucketSampler;
    }

    @Override
    protected long availableSize() {
        return samples.size();
    }

    @Override
    public void prepare(Progress progress) {
        // The samples are prepared before the dataset is made.
    }

    private static final class Builder extends BaseBuilder<Builder> {

        private Builder(LengthBucketSampler sampler) {
            dataBatchifier = VariableLengthBatchifier.forFeatures();
            labelBatchifier = VariableLengthBatchifier.forTargets();
            setSampling(sampler);
        }

        @Override
        protected Builder self() {
            return this;
        }
    }
}
