package io.github.djlctc.batch;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.dataset.RandomAccessDataset;
import ai.djl.training.dataset.Record;
import ai.djl.util.Progress;

import java.util.Arrays;

/**
 * Utterances of given lengths: features (length, 3) hold the number of the utterance plus 1,
 * targets are length / 10 times that number.
 */
public final class UtteranceDataset extends RandomAccessDataset {

    public static final int FEATURE_COUNT = 3;

    private final long[] lengths;

    UtteranceDataset(Builder builder) {
        super(builder);
        lengths = builder.lengths;
    }

    public static Builder builder(long... lengths) {
        return new Builder(lengths);
    }

    public static int targetLength(long length) {
        return (int) (length / 10);
    }

    @Override
    public Record get(NDManager manager, long index) {
        long length = lengths[(int) index];
        long[] target = new long[targetLength(length)];
        Arrays.fill(target, index + 1);
        return new Record(
                new NDList(manager.full(new Shape(length, FEATURE_COUNT), index + 1f)),
                new NDList(manager.create(target)));
    }

    @Override
    protected long availableSize() {
        return lengths.length;
    }

    @Override
    public void prepare(Progress progress) {}

    public static final class Builder extends BaseBuilder<Builder> {

        private final long[] lengths;

        private Builder(long... lengths) {
            this.lengths = lengths;
            optDataBatchifier(VariableLengthBatchifier.forFeatures());
            optLabelBatchifier(VariableLengthBatchifier.forTargets());
        }

        @Override
        protected Builder self() {
            return this;
        }

        public UtteranceDataset build() {
            return new UtteranceDataset(this);
        }
    }
}
