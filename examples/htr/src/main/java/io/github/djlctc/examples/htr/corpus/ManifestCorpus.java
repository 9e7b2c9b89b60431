package io.github.djlctc.examples.htr.corpus;

import io.github.djlctc.examples.common.SkippedSamples;
import io.github.djlctc.examples.common.data.Corpus;
import io.github.djlctc.examples.common.data.HoldOut;
import io.github.djlctc.examples.common.data.JsonLine;
import io.github.djlctc.examples.common.data.JsonLineException;
import io.github.djlctc.examples.common.data.JsonLines;
import io.github.djlctc.examples.htr.image.ImageFiles;
import io.github.djlctc.examples.htr.image.ImageFormatException;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Lines that JSON lines list, one object a line: {@code {"image": "a.png", "text": "..."}}. The
 * path is absolute or relative to the manifest.
 *
 * <p>An image that is listed twice counts once: in the test set if it is there, else in the
 * validation set.
 */
public final class ManifestCorpus {

    private final Path train;
    private final Optional<Path> validation;
    private final Path test;
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
     * @param skipped takes the lines that cannot be used, with their file and number; of images,
     *     the headers are checked here, the pixels when they are read
     * @return the corpus
     * @throws IOException if a manifest cannot be read, or has no usable line
     */
    public Corpus<LineSample> load(SkippedSamples skipped) throws IOException {
        Set<String> seen = new HashSet<>();
        List<LineSample> testSet = read(test, seen, skipped);
        List<LineSample> validationSet =
                validation.isPresent() ? read(validation.get(), seen, skipped) : List.of();
        List<LineSample> trainSet = read(train, seen, skipped);
        if (validation.isEmpty()) {
            HoldOut<LineSample> parts = holdOut(trainSet);
            trainSet = parts.kept();
            validationSet = parts.heldOut();
        }
        return new Corpus<>(
                train.getFileName().toString(), LineSample.UNIT, trainSet, validationSet, testSet);
    }

    private HoldOut<LineSample> holdOut(List<LineSample> samples) throws IOException {
        if (samples.size() < 2) {
            throw new IOException(
                    train + ": 1 image is too few to hold some out; give a validation manifest");
        }
        return HoldOut.of(samples, validationShare, seed);
    }

    private static List<LineSample> read(Path manifest, Set<String> seen, SkippedSamples skipped)
            throws IOException {
        List<LineSample> samples = new ArrayList<>();
        List<JsonLineException> problems = new ArrayList<>();
        JsonLines.read(
                manifest,
                line -> {
                    LineSample sample = sample(manifest, line);
                    if (!seen.add(sample.id())) {
                        throw line.error("duplicate image", sample.id() + " was listed before");
                    }
                    samples.add(sample);
                },
                problem -> {
                    problems.add(problem);
                    skipped.add(problem.where(), problem.reason(), problem.detail());
                });
        if (samples.isEmpty()) {
            String first =
                    problems.isEmpty() ? "" : "; first problem: " + problems.get(0).getMessage();
            throw new IOException(manifest + ": no usable image" + first);
        }
        return samples;
    }

    private static LineSample sample(Path manifest, JsonLine line) throws JsonLineException {
        Path image = resolve(manifest, line);
        String text = line.string("text");
        try {
            ImageFiles.checkHeader(image);
        } catch (ImageFormatException e) {
            throw line.error(e.problem().toString(), image + ": " + e.detail());
        } catch (IOException e) {
            throw line.error("image file unreadable", e.toString());
        }
        return new LineSample(image.toString(), text, height -> ImageFiles.read(image, height));
    }

    private static Path resolve(Path manifest, JsonLine line) throws JsonLineException {
        String name = line.string("image");
        try {
            return manifest.resolveSibling(name).normalize();
        } catch (InvalidPathException e) {
            throw line.error("bad path", e.getMessage());
        }
    }

    /** Builds a {@link ManifestCorpus}. */
    public static final class Builder {

        private Path train;
        private Path validation;
        private Path test;
        private double validationShare = 0.05;
        private long seed;

        private Builder() {}

        /**
         * Sets the lines to learn from.
         *
         * @param manifest the JSON lines
         * @return this builder
         */
        public Builder setTrain(Path manifest) {
            train = manifest;
            return this;
        }

        /**
         * Sets the lines to report error rates on.
         *
         * @param manifest the JSON lines
         * @return this builder
         */
        public Builder setTest(Path manifest) {
            test = manifest;
            return this;
        }

        /**
         * Sets the lines to choose the best epoch on; without them, some of the training lines are
         * held out.
         *
         * @param manifest the JSON lines
         * @return this builder
         */
        public Builder optValidation(Path manifest) {
            validation = manifest;
            return this;
        }

        /**
         * Sets the share of the training lines that is held out when there is no validation
         * manifest, 0.05 by default.
         *
         * @param share above 0, below 1; at least one line is held out, and one is kept
         * @return this builder
         */
        public Builder optValidationShare(double share) {
            validationShare = HoldOut.requireShare(share);
            return this;
        }

        /**
         * Sets the seed of the choice of held-out lines, 0 by default.
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
