package io.github.djlctc.batch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.training.dataset.RandomAccessDataset;
import ai.djl.training.dataset.Record;
import ai.djl.util.Progress;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/**
 * A DJL data set of sequences of any length with their label sequences, in the form that {@code
 * CTCLoss} takes: batches {@code [features (N,T,F), lengths (N)]} and {@code [targets (N,S),
 * lengths (N)]}, padded with 0 and -1.
 *
 * <p>Features and targets are made when a batch is, so that nothing of them has to fit into memory.
 * To batch samples of similar length together, give {@code setSampling} a {@link
 * LengthBucketSampler}.
 *
 * @param <S> what a sample is: a sound, the path of a file
 */
public final class CTCDataset<S> extends RandomAccessDataset {

    private final List<S> samples;
    private final FeatureFunction<S> features;
    private final Function<S, int[]> targets;

    private CTCDataset(Builder<S> builder) {
        super(builder);
        samples = builder.samples;
        features = builder.features;
        targets = builder.targets;
    }

    /**
     * Creates a builder.
     *
     * @param <S> what a sample is
     * @return a builder; samples, features, targets and sampling must be set
     */
    public static <S> Builder<S> builder() {
        return new Builder<>();
    }

    /**
     * Makes features and targets of a sample.
     *
     * @param manager owns them
     * @param index the place of the sample in the list
     * @return the features, and the class ids (S) as int32
     * @throws IOException if features or targets cannot be made; the message names the sample
     */
    @Override
    public Record get(NDManager manager, long index) throws IOException {
        S sample = samples.get(Math.toIntExact(index));
        try {
            int[] ids = targets.apply(sample);
            NDArray frames = features.apply(manager, sample);
            return new Record(new NDList(frames), new NDList(manager.create(ids)));
        } catch (Exception e) {
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            String reason = e.getMessage() == null ? e.toString() : e.getMessage();
            throw new IOException("sample " + index + " of the data set: " + reason, e);
        }
    }

    @Override
    protected long availableSize() {
        return samples.size();
    }

    /** Does nothing. */
    @Override
    public void prepare(Progress progress) {
        // Nothing has to be fetched.
    }

    /**
     * Builds a {@link CTCDataset}.
     *
     * @param <S> what a sample is
     */
    public static final class Builder<S> extends BaseBuilder<Builder<S>> {

        private List<S> samples;
        private FeatureFunction<S> features;
        private Function<S, int[]> targets;

        private Builder() {
            optDataBatchifier(VariableLengthBatchifier.forFeatures());
            optLabelBatchifier(VariableLengthBatchifier.forTargets());
        }

        /**
         * Sets the samples.
         *
         * @param samples the samples, copied
         * @return this builder
         */
        public Builder<S> setSamples(List<S> samples) {
            this.samples = List.copyOf(Objects.requireNonNull(samples, "samples"));
            return this;
        }

        /**
         * Sets what makes the features of a sample; for inference the same is given to a {@code
         * CtcTranslator}.
         *
         * @param features makes frames (T,F)
         * @return this builder
         */
        public Builder<S> setFeatures(FeatureFunction<S> features) {
            this.features = Objects.requireNonNull(features, "features");
            return this;
        }

        /**
         * Sets what makes the targets of a sample, such as {@code sample ->
         * alphabet.encode(sample.text())}.
         *
         * @param targets makes class ids, without blanks
         * @return this builder
         */
        public Builder<S> setTargets(Function<S, int[]> targets) {
            this.targets = Objects.requireNonNull(targets, "targets");
            return this;
        }

        @Override
        protected Builder<S> self() {
            return this;
        }

        /**
         * Builds the data set.
         *
         * @return the data set
         * @throws IllegalStateException if samples, features, targets or sampling are not set
         */
        public CTCDataset<S> build() {
            require("samples", samples);
            require("features", features);
            require("targets", targets);
            require("sampling", sampler);
            return new CTCDataset<>(this);
        }

        private static void require(String name, Object value) {
            if (value == null) {
                throw new IllegalStateException("the " + name + " of the data set must be set");
            }
        }
    }
}
