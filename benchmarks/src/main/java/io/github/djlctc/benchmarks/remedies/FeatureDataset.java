package io.github.djlctc.benchmarks.remedies;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.dataset.RandomAccessDataset;
import ai.djl.training.dataset.Record;
import ai.djl.util.Progress;

import io.github.djlctc.batch.LengthBucketSampler;
import io.github.djlctc.batch.VariableLengthBatchifier;
import io.github.djlctc.examples.speech.audio.FeatureMatrix;
import io.github.djlctc.examples.speech.model.ModelSize;
import io.github.djlctc.text.Alphabet;

import java.util.Arrays;
import java.util.List;

/** Utterances as DJL records: features (T,F) and target (S). */
final class FeatureDataset extends RandomAccessDataset {

    private final List<PreparedUtterance> utterances;
    private final Alphabet alphabet;

    FeatureDataset(
            List<PreparedUtterance> utterances, Alphabet alphabet, LengthBucketSampler sampler) {
        super(new Builder().setSampling(sampler));
        this.utterances = utterances;
        this.alphabet = alphabet;
    }

    PreparedUtterance utterance(int index) {
        return utterances.get(index);
    }

    /** Returns the fewest frames of the logits per label of an utterance. */
    double leastFramesPerLabel(ModelSize size) {
        double least = Double.POSITIVE_INFINITY;
        for (PreparedUtterance utterance : utterances) {
            int frames = size.subsampled(utterance.features().frames());
            least = Math.min(least, frames / (double) alphabet.encode(utterance.text()).length);
        }
        return least;
    }

    @Override
    public Record get(NDManager manager, long index) {
        PreparedUtterance utterance = utterances.get((int) index);
        FeatureMatrix features = utterance.features();
        Shape shape = new Shape(features.frames(), features.dimensions());
        long[] target = Arrays.stream(alphabet.encode(utterance.text())).asLongStream().toArray();
        return new Record(
                new NDList(manager.create(features.values(), shape)),
                new NDList(manager.create(target)));
    }

    @Override
    protected long availableSize() {
        return utterances.size();
    }

    @Override
    public void prepare(Progress progress) {
        // The utterances are prepared before the dataset is made.
    }

    private static final class Builder extends BaseBuilder<Builder> {

        Builder() {
            dataBatchifier = VariableLengthBatchifier.forFeatures();
            labelBatchifier = VariableLengthBatchifier.forTargets();
        }

        @Override
        protected Builder self() {
            return this;
        }
    }
}
