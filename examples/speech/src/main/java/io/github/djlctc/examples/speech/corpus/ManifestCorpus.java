package io.github.djlctc.examples.speech.corpus;

import io.github.djlctc.examples.common.SkippedSamples;
import io.github.djlctc.examples.common.data.Corpus;
import io.github.djlctc.examples.common.data.HoldOut;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Utterances that JSON lines list, one object a line.
 *
 * <ul>
 *   <li>Sound, as in NVIDIA NeMo: {@code {"audio_filepath": "a.wav", "text": "...", "duration":
 *       1.5, "offset": 12.0}}. The path is absolute or relative to the manifest; the duration in
 *       seconds is optional; the offset, in seconds too, needs a duration.
 *   <li>Features: {@code {"utt": "name", "text": "..."}}, with an {@code .npz} archive that holds a
 *       float32 array of shape (frames, dimensions) of that name.
 * </ul>
 *
 * <p>An utterance that is listed twice counts once: in the test set if it is there, else in the
 * validation set.
 */
public final class ManifestCorpus {

    private final Manifest train;
    private final Optional<Manifest> validation;
    private final Manifest test;
    private final double validationShare;
    private final long seed;

    private ManifestCorpus(Builder builder) {
        train = Objects.requireNonNull(builder.train, "setTrain was not called");
        validation = Optional.ofNullable(builder.validation);
        test = Objects.requireNonNull(builder.test, "setTest was not called");
        validationShare = builder.validationShare;
        seed = builder.seed;
    }

    /**
     * Creates a builder.
     *
     * @return a new builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Lists the corpus.
     *
     * @param skipped takes the lines that cannot be used, with their file and number; of sound
     *     files, the headers are checked here, the sound when it is read
     * @return the corpus; feature archives stay open as long as its utterances are in use
     * @throws IOException if a manifest or an archive cannot be read, or has no usable utterance
     */
    public Corpus<Utterance> load(SkippedSamples skipped) throws IOException {
        Set<String> seen = new HashSet<>();
        List<Utterance> testSet = test.read(seen, skipped);
        List<Utterance> validationSet =
                validation.isPresent() ? validation.get().read(seen, skipped) : List.of();
        List<Utterance> trainSet = train.read(seen, skipped);
        if (validation.isEmpty()) {
            HoldOut<Utterance> parts = holdOut(trainSet);
            trainSet = parts.kept();
            validationSet = parts.heldOut();
        }
        return new Corpus<>(
                train.file().getFileName().toString(),
                Utterance.UNIT,
                trainSet,
                validationSet,
                testSet);
    }

    private HoldOut<Utterance> holdOut(List<Utterance> utterances) throws IOException {
        if (utterances.size() < 2) {
            throw new IOException(
                    train.file()
                            + ": 1 utterance is too few to hold some out; give a validation manifest");
        }
        return HoldOut.of(utterances, validationShare, seed);
    }

    /** Builds a {@link ManifestCorpus}. */
    public static final class Builder {

        private Manifest train;
        private Manifest validation;
        private Manifest test;
        private double validationShare = 0.05;
        private long seed;

        private Builder() {}

        /**
         * Sets the sound to learn from.
         *
         * @param manifest the JSON lines
         * @return this builder
         */
        public Builder setTrain(Path manifest) {
            train = new Manifest(manifest, Optional.empty());
            return this;
        }

        /**
         * Sets the features to learn from.
         *
         * @param manifest the JSON lines
         * @param features the {@code .npz} archive
         * @return this builder
         */
        public Builder setTrain(Path manifest, Path features) {
            train = new Manifest(manifest, Optional.of(features));
            return this;
        }

        /**
         * Sets the sound to report error rates on.
         *
         * @param manifest the JSON lines
         * @return this builder
         */
        public Builder setTest(Path manifest) {
            test = new Manifest(manifest, Optional.empty());
            return this;
        }

        /**
         * Sets the features to report error rates on.
         *
         * @param manifest the JSON lines
         * @param features the {@code .npz} archive
         * @return this builder
         */
        public Builder setTest(Path manifest, Path features) {
            test = new Manifest(manifest, Optional.of(features));
            return this;
        }

        /**
         * Sets the sound to choose the best epoch on; without it, some of the training utterances
         * are held out.
         *
         * @param manifest the JSON lines
         * @return this builder
         */
        public Builder optValidation(Path manifest) {
            validation = new Manifest(manifest, Optional.empty());
            return this;
        }

        /**
         * Sets the features to choose the best epoch on; without them, some of the training
         * utterances are held out.
         *
         * @param manifest the JSON lines
         * @param features the {@code .npz} archive
         * @return this builder
         */
        public Builder optValidation(Path manifest, Path features) {
            validation = new Manifest(manifest, Optional.of(features));
            return this;
        }

        /**
         * Sets the share of the training utterances that is held out when there is no validation
         * manifest, 0.05 by default.
         *
         * @param share above 0, below 1; at least one utterance is held out, and one is kept
         * @return this builder
         */
        public Builder optValidationShare(double share) {
            validationShare = HoldOut.requireShare(share);
            return this;
        }

        /**
         * Sets the seed of the choice of held-out utterances, 0 by default.
         *
         * @param seed any number
         * @return this builder
         */
        public Builder optSeed(long seed) {
            this.seed = seed;
            return this;
        }

        /**
         * Builds the corpus reader.
         *
         * @return the reader
         */
        public ManifestCorpus build() {
            return new ManifestCorpus(this);
        }
    }
}
