package io.github.djlctc.examples.speech.train;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.dataset.RandomAccessDataset;
import ai.djl.training.dataset.Record;
import ai.djl.util.Progress;

import io.github.djlctc.dataset.LengthBucketSampler;
import io.github.djlctc.dataset.VariableLengthBatchifier;
import io.github.djlctc.examples.speech.audio.FeatureMatrix;
import io.github.djlctc.examples.speech.feature.FeatureExtractor;

import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The utterances of a split as DJL records: features (T,F) and target (S).
 *
 * <p>What an utterance looks like depends on the seed, the epoch and its index only, so that it
 * does not matter which thread prepares it.
 */
final class SpeechDataset extends RandomAccessDataset {

    private final List<PreparedUtterance> utterances;
    private final FeatureExtractor extractor;
    private final Augmentation augmentation;
    private final LengthBucketSampler bucketSampler;
    private final long seed;

    private SpeechDataset(Builder builder) {
        super(builder);
        utterances = builder.utterances;
        extractor = builder.extractor;
        augmentation = builder.augmentation;
        bucketSampler = (LengthBucketSampler) builder.getSampler();
        seed = builder.seed;
    }

    static Builder builder(List<PreparedUtterance> utterances, FeatureExtractor extractor) {
        return new Builder(utterances, extractor);
    }

    @Override
    public Record get(NDManager manager, long index) throws IOException {
        PreparedUtterance utterance = utterances.get((int) index);
        // The sampler counts the epoch as soon as it is asked for one.
        long epoch = bucketSampler.getEpoch();
        SplittableRandom random = new SplittableRandom(mixed(seed, epoch, index));
        FeatureMatrix features =
                augmentation.extract(utterance.signal(), extractor, random, manager);
        Shape shape = new Shape(features.frames(), features.dimensions());
        return new Record(
                new NDList(manager.create(features.values(), shape)),
                new NDList(manager.create(utterance.target())));
    }

    private static long mixed(long seed, long epoch, long index) {
        SplittableRandom random = new SplittableRandom(seed);
        return random.nextLong() ^ (epoch * 0x9E3779B97F4A7C15L) ^ (index * 0xC2B2AE3D27D4EB4FL);
    }

    PreparedUtterance utterance(long index) {
        return utterances.get((int) index);
    }

    /** The order of the batches; its epoch is the dataset's. */
    LengthBucketSampler sampler() {
        return bucketSampler;
    }

    @Override
    protected long availableSize() {
        return utterances.size();
    }

    @Override
    public void prepare(Progress progress) {
        // The utterances are prepared before the dataset is made.
    }

    static final class Builder extends BaseBuilder<Builder> {

        private final List<PreparedUtterance> utterances;
        private final FeatureExtractor extractor;
        private Augmentation augmentation = Augmentation.NONE;
        private long seed;

        private Builder(List<PreparedUtterance> utterances, FeatureExtractor extractor) {
            this.utterances = utterances;
            this.extractor = extractor;
            dataBatchifier = VariableLengthBatchifier.forFeatures();
            labelBatchifier = VariableLengthBatchifier.forTargets();
        }

        Builder optAugmentation(Augmentation augmentation, long seed) {
            this.augmentation = augmentation;
            this.seed = seed;
            return self();
        }

        @Override
        protected Builder self() {
            return this;
        }

        SpeechDataset build() {
            return new SpeechDataset(this);
        }
    }
}
