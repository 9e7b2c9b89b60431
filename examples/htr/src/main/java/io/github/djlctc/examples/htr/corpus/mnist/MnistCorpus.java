package io.github.djlctc.examples.htr.corpus.mnist;

import ai.djl.training.dataset.Dataset;

import io.github.djlctc.examples.common.data.Corpus;
import io.github.djlctc.examples.htr.corpus.LineSample;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Strings of real handwritten digits, put together from DJL's {@code
 * ai.djl.basicdataset.cv.classification.Mnist} when they are read.
 *
 * <p>Digits come white on black, of different sizes and heights, and run into each other. Test
 * strings have digits of MNIST's test set only, validation strings of the last tenth of the
 * training set only, and training strings of the rest.
 *
 * <p>The seed decides everything; the order and the thread of reading have no influence.
 */
public final class MnistCorpus {

    private static final int MAX_STRINGS = 1_000_000;
    private static final int VALIDATION_PART = 10;

    private final Optional<Path> repository;
    private final int minDigits;
    private final int maxDigits;
    private final int trainStrings;
    private final int validationStrings;
    private final int testStrings;
    private final long seed;

    private MnistCorpus(Builder builder) {
        repository = builder.repository;
        minDigits = builder.minDigits;
        maxDigits = builder.maxDigits;
        trainStrings = builder.trainStrings;
        validationStrings = builder.validationStrings;
        testStrings = builder.testStrings;
        seed = builder.seed;
    }

    /**
     * Returns a builder, set to 6000, 200 and 400 strings of 1 to 8 digits, DJL's own repository
     * and the seed 0.
     *
     * @return the builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Reads the digits and puts the strings together.
     *
     * @return the corpus
     * @throws IOException if the repository cannot be reached or read, or has too few digits
     */
    public Corpus<LineSample> load() throws IOException {
        List<Digit> train = MnistDigits.read(repository, Dataset.Usage.TRAIN);
        List<Digit> test = MnistDigits.read(repository, Dataset.Usage.TEST);
        int validation = train.size() / VALIDATION_PART;
        if (validation == 0 || test.isEmpty()) {
            throw new IOException(
                    "MNIST has "
                            + train.size()
                            + " training and "
                            + test.size()
                            + " test digits; at least 10 and 1 are needed");
        }
        int kept = train.size() - validation;
        SplittableRandom random = new SplittableRandom(seed);
        return new Corpus<>(
                "mnist",
                LineSample.UNIT,
                strings("train", train.subList(0, kept), trainStrings, random.split()),
                strings(
                        "validation",
                        train.subList(kept, train.size()),
                        validationStrings,
                        random.split()),
                strings("test", test, testStrings, random.split()));
    }

    private List<LineSample> strings(
            String part, List<Digit> digits, int count, SplittableRandom random) {
        List<LineSample> strings = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            List<Digit> string = new ArrayList<>();
            StringBuilder text = new StringBuilder();
            for (int k = random.nextInt(minDigits, maxDigits + 1); k > 0; k--) {
                Digit digit = digits.get(random.nextInt(digits.size()));
                string.add(digit);
                text.append(digit.label());
            }
            String id = String.format(Locale.ROOT, "%s-%05d", part, i);
            strings.add(
                    new LineSample(
                            id,
                            text.toString(),
                            new DigitStringPicture(List.copyOf(string), random.nextLong())));
        }
        return strings;
    }

    /** Sets up a {@link MnistCorpus}. */
    public static final class Builder {

        private Optional<Path> repository = Optional.empty();
        private int minDigits = 1;
        private int maxDigits = 8;
        private int trainStrings = 6000;
        private int validationStrings = 200;
        private int testStrings = 400;
        private long seed;

        private Builder() {}

        /**
         * Sets a local repository; without it, DJL's own is used, and what it sends is kept on this
         * machine.
         *
         * @param folder the folder of the repository
         * @return this builder
         */
        public Builder optRepository(Path folder) {
            repository = Optional.of(folder);
            return this;
        }

        /**
         * Sets how long strings are.
         *
         * @param min the digits of the shortest string, above 0
         * @param max the digits of the longest string, at most 100
         * @return this builder
         */
        public Builder optDigits(int min, int max) {
            if (min < 1 || max < min || max > 100) {
                throw new IllegalArgumentException("strings of " + min + " to " + max + " digits");
            }
            minDigits = min;
            maxDigits = max;
            return this;
        }

        /**
         * Sets the size of the training part.
         *
         * @param count the number of strings, from 0 to 1,000,000
         * @return this builder
         */
        public Builder optTrainStrings(int count) {
            trainStrings = requireCount(count);
            return this;
        }

        /**
         * Sets the size of the validation part.
         *
         * @param count the number of strings, from 0 to 1,000,000
         * @return this builder
         */
        public Builder optValidationStrings(int count) {
            validationStrings = requireCount(count);
            return this;
        }

        /**
         * Sets the size of the test part.
         *
         * @param count the number of strings, from 0 to 1,000,000
         * @return this builder
         */
        public Builder optTestStrings(int count) {
            testStrings = requireCount(count);
            return this;
        }

        /**
         * Sets the seed of all strings and pictures.
         *
         * @param value any number
         * @return this builder
         */
        public Builder optSeed(long value) {
            seed = value;
            return this;
        }

        /**
         * Builds the corpus reader.
         *
         * @return the reader
         */
        public MnistCorpus build() {
            return new MnistCorpus(this);
        }

        private static int requireCount(int count) {
            if (count < 0 || count > MAX_STRINGS) {
                throw new IllegalArgumentException(
                        "0 to " + MAX_STRINGS + " strings expected: " + count);
            }
            return count;
        }
    }
}
