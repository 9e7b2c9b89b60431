package io.github.djlctc.examples.common.data;

import io.github.djlctc.examples.common.SkippedSamples;
import io.github.djlctc.examples.common.data.Corpus.ValidationSource;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;

/**
 * A corpus that manifests list.
 *
 * <p>A sample that is listed twice counts once: in the test set if it is there, else in the
 * validation set.
 *
 * @param <S> what a sample is
 */
public final class ManifestCorpus<S extends CorpusSample> {

    private final String unit;
    private final SampleManifest<S> train;
    private final Optional<SampleManifest<S>> validation;
    private final SampleManifest<S> test;
    private final double validationShare;
    private final long seed;

    private ManifestCorpus(Builder<S> builder) {
        unit = builder.unit;
        train = Objects.requireNonNull(builder.train, "setTrain was not called");
        validation = Optional.ofNullable(builder.validation);
        test = Objects.requireNonNull(builder.test, "setTest was not called");
        validationShare = builder.validationShare;
        seed = builder.seed;
    }

    /**
     * Creates a builder.
     *
     * @param <S> what a sample is
     * @param unit what the samples are called in messages, in the plural
     * @return a new builder
     */
    public static <S extends CorpusSample> Builder<S> builder(String unit) {
        return new Builder<>(unit);
    }

    /**
     * Lists the corpus.
     *
     * @param skipped takes the lines that cannot be used, with their file and number; of the files
     *     that they name, the headers are checked here, the rest when they are read
     * @return the corpus; what a manifest needs stays open as long as its samples are in use
     * @throws IOException if a manifest, or what it needs, cannot be read, or it has no usable
     *     sample
     */
    public Corpus<S> load(SkippedSamples skipped) throws IOException {
        Corpus<S> sets = readSets(skipped);
        if (validation.isPresent()) {
            return sets;
        }
        HoldOut<S> parts = holdOut(sets.train());
        return new Corpus<>(
                sets.name(),
                unit,
                parts.kept(),
                parts.heldOut(),
                sets.test(),
                ValidationSource.HELD_OUT);
    }

    private Corpus<S> readSets(SkippedSamples skipped) throws IOException {
        ListedSamples listed = new ListedSamples(test.noun());
        List<S> testSet = test.read("test", listed, skipped);
        List<S> validationSet =
                validation.isPresent()
                        ? validation.get().read("validation", listed, skipped)
                        : List.of();
        List<S> trainSet = train.read("training", listed, skipped);
        String name = train.file().getFileName().toString();
        return new Corpus<>(name, unit, trainSet, validationSet, testSet);
    }

    private HoldOut<S> holdOut(List<S> samples) throws IOException {
        if (samples.size() < 2) {
            throw new IOException(
                    train.file()
                            + ": 1 "
                            + train.noun()
                            + " is too few to hold some out; give a validation manifest");
        }
        HoldOut<S> parts = HoldOut.of(samples, validationShare, seed);
        return hasTranscript(parts.heldOut()) ? parts : withTranscript(parts);
    }

    /** Holds one sample more out, since errors cannot be counted on empty transcripts alone. */
    private HoldOut<S> withTranscript(HoldOut<S> parts) {
        List<S> kept = new ArrayList<>(parts.kept());
        List<S> candidates = kept.stream().filter(s -> !s.text().isBlank()).toList();
        if (candidates.size() < 2) {
            return parts;
        }
        S chosen = candidates.get(new Random(seed).nextInt(candidates.size()));
        kept.remove(chosen);
        List<S> heldOut = new ArrayList<>(parts.heldOut());
        heldOut.add(chosen);
        return new HoldOut<>(kept, heldOut);
    }

    private static boolean hasTranscript(List<? extends CorpusSample> samples) {
        return samples.stream().anyMatch(sample -> !sample.text().isBlank());
    }

    /**
     * Builds a {@link ManifestCorpus}.
     *
     * @param <S> what a sample is
     */
    public static final class Builder<S extends CorpusSample> {

        private final String unit;
        private SampleManifest<S> train;
        private SampleManifest<S> validation;
        private SampleManifest<S> test;
        private double validationShare = 0.05;
        private long seed;

        private Builder(String unit) {
            this.unit = unit;
        }

        /**
         * Sets the samples to learn from.
         *
         * @param manifest lists them
         * @return this builder
         */
        public Builder<S> setTrain(SampleManifest<S> manifest) {
            train = manifest;
            return this;
        }

        /**
         * Sets the samples to report error rates on.
         *
         * @param manifest lists them
         * @return this builder
         */
        public Builder<S> setTest(SampleManifest<S> manifest) {
            test = manifest;
            return this;
        }

        /**
         * Sets the samples to choose the best epoch on; without them, some of the training samples
         * are held out.
         *
         * @param manifest lists them
         * @return this builder
         */
        public Builder<S> optValidation(SampleManifest<S> manifest) {
            validation = manifest;
            return this;
        }

        /**
         * Sets the share of the training samples that is held out when there is no validation
         * manifest, 0.05 by default.
         *
         * @param share above 0, below 1; at least one sample is held out, and one is kept
         * @return this builder
         */
        public Builder<S> optValidationShare(double share) {
            validationShare = HoldOut.requireShare(share);
            return this;
        }

        /**
         * Sets the seed of the choice of held-out samples, 0 by default.
         *
         * @param seed any number
         * @return this builder
         */
        public Builder<S> optSeed(long seed) {
            this.seed = seed;
            return this;
        }

        /**
         * Builds the corpus reader.
         *
         * @return the reader
         */
        public ManifestCorpus<S> build() {
            return new ManifestCorpus<>(this);
        }
    }
}
