package io.github.djlctc.examples.speech.corpus;

import io.github.djlctc.examples.common.SkippedSamples;
import io.github.djlctc.examples.common.data.Corpus;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The <a href="https://github.com/Jakobovski/free-spoken-digit-dataset">Free Spoken Digit
 * Dataset</a>: a folder of {@code {digit}_{speaker}_{take}.wav}.
 *
 * <p>By its convention, takes 0 to 4 are the test set; here, takes 5 to 7 are the validation set,
 * and the others are for training. With a test speaker, the test set is all that this speaker said,
 * and takes 0 to 4 of the others are the validation set. No recording is in two sets. Transcripts
 * are the digits' words in capitals.
 *
 * <p>By default, the digits of one speaker are joined to strings, with gaps of faint noise. Strings
 * are put together when they are read, and sound the same at every read; which ones there are
 * depends on the seed alone.
 */
public final class FsddCorpus {

    private static final int LAST_TEST_TAKE = 4;
    private static final int LAST_VALIDATION_TAKE = 7;

    private final Path folder;
    private final Optional<DigitStrings> strings;
    private final Optional<String> testSpeaker;
    private final long seed;

    private FsddCorpus(Builder builder) {
        folder = Objects.requireNonNull(builder.folder, "setFolder was not called");
        strings = builder.strings;
        testSpeaker = builder.testSpeaker;
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
     * @param skipped takes the files that cannot be used; their headers are checked here, their
     *     sound when it is read
     * @return the corpus
     * @throws IOException if the folder cannot be read, or leaves a set without recordings
     */
    public Corpus<Utterance> load(SkippedSamples skipped) throws IOException {
        List<FsddRecording> recordings = list(skipped);
        Predicate<FsddRecording> test = r -> r.take() <= LAST_TEST_TAKE;
        Predicate<FsddRecording> validation = r -> r.take() <= LAST_VALIDATION_TAKE;
        if (testSpeaker.isPresent()) {
            test = r -> r.speaker().equals(testSpeaker.get());
            validation = r -> r.take() <= LAST_TEST_TAKE;
        }
        Predicate<FsddRecording> neither = test.or(validation).negate();
        return new Corpus<>(
                "fsdd",
                Utterance.UNIT,
                utterances("train", select(recordings, neither), strings.map(DigitStrings::train)),
                utterances(
                        "validation",
                        select(recordings, validation.and(test.negate())),
                        strings.map(DigitStrings::validation)),
                utterances("test", select(recordings, test), strings.map(DigitStrings::test)));
    }

    private List<FsddRecording> list(SkippedSamples skipped) throws IOException {
        List<FsddRecording> recordings = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".wav")).sorted().toList()) {
                if (!FsddRecording.isOne(file)) {
                    skipped.add(
                            file.toString(),
                            "unknown file name",
                            "not {digit}_{speaker}_{take}.wav");
                } else {
                    SoundFile.find(file, skipped).map(FsddRecording::of).ifPresent(recordings::add);
                }
            }
        }
        recordings.sort(FsddRecording.ORDER);
        return recordings;
    }

    private static List<FsddRecording> select(
            List<FsddRecording> recordings, Predicate<FsddRecording> wanted) {
        return recordings.stream().filter(wanted).toList();
    }

    private List<Utterance> utterances(
            String set, List<FsddRecording> recordings, Optional<Integer> count)
            throws IOException {
        if (recordings.isEmpty()) {
            throw new IOException(
                    folder
                            + ": no recording for the "
                            + set
                            + " set"
                            + testSpeaker.map(s -> " with the test speaker " + s).orElse("")
                            + "; the folder should hold {digit}_{speaker}_{take}.wav of takes 0 to 8"
                            + " and more");
        }
        return count.isEmpty()
                ? recordings.stream().map(FsddCorpus::single).toList()
                : strings(set, recordings, count.get());
    }

    private static Utterance single(FsddRecording recording) {
        String name = recording.file().getFileName().toString();
        return new Utterance(name, recording.word(), recording.sound());
    }

    private List<Utterance> strings(String set, List<FsddRecording> recordings, int count) {
        Random random = new Random(Objects.hash(seed, set));
        List<List<FsddRecording>> strings =
                set.equals("test") ? covering(recordings, random) : new ArrayList<>();
        List<List<FsddRecording>> speakers = List.copyOf(bySpeaker(recordings).values());
        while (strings.size() < count) {
            List<FsddRecording> speaker = speakers.get(strings.size() % speakers.size());
            List<FsddRecording> string = new ArrayList<>();
            for (int i = randomLength(random); i > 0; i--) {
                string.add(speaker.get(random.nextInt(speaker.size())));
            }
            strings.add(string);
        }
        List<Utterance> utterances = new ArrayList<>();
        for (List<FsddRecording> string : strings) {
            String id = "%s-%s-%05d".formatted(set, string.get(0).speaker(), utterances.size());
            String text = string.stream().map(FsddRecording::word).collect(Collectors.joining(" "));
            utterances.add(
                    new Utterance(
                            id,
                            text,
                            new DigitStringSound(List.copyOf(string), random.nextLong())));
        }
        return utterances;
    }

    /**
     * Returns strings that use each recording once, and some twice only to reach the least length.
     */
    private List<List<FsddRecording>> covering(List<FsddRecording> recordings, Random random) {
        List<List<FsddRecording>> strings = new ArrayList<>();
        for (List<FsddRecording> speaker : bySpeaker(recordings).values()) {
            List<FsddRecording> shuffled = new ArrayList<>(speaker);
            Collections.shuffle(shuffled, random);
            for (int start = 0; start < shuffled.size(); ) {
                int end = Math.min(start + randomLength(random), shuffled.size());
                List<FsddRecording> string = new ArrayList<>(shuffled.subList(start, end));
                while (string.size() < limits().minDigits()) {
                    string.add(speaker.get(random.nextInt(speaker.size())));
                }
                strings.add(string);
                start = end;
            }
        }
        return strings;
    }

    private int randomLength(Random random) {
        return limits().minDigits()
                + random.nextInt(limits().maxDigits() - limits().minDigits() + 1);
    }

    private DigitStrings limits() {
        return strings.orElseThrow();
    }

    private static Map<String, List<FsddRecording>> bySpeaker(List<FsddRecording> recordings) {
        return recordings.stream()
                .collect(
                        Collectors.groupingBy(
                                FsddRecording::speaker, TreeMap::new, Collectors.toList()));
    }

    /** Builds an {@link FsddCorpus}. */
    public static final class Builder {

        private Path folder;
        private Optional<DigitStrings> strings = Optional.of(DigitStrings.DEFAULT);
        private Optional<String> testSpeaker = Optional.empty();
        private long seed;

        private Builder() {}

        /**
         * Sets the folder of the recordings.
         *
         * @param folder the folder that holds the WAV files
         * @return this builder
         */
        public Builder setFolder(Path folder) {
            this.folder = folder;
            return this;
        }

        /**
         * Asks for strings of digits, in place of {@link DigitStrings#DEFAULT}.
         *
         * @param strings how many, and how long they are
         * @return this builder
         */
        public Builder optStrings(DigitStrings strings) {
            this.strings = Optional.of(strings);
            return this;
        }

        /**
         * Asks for the recordings as they are, each a digit, in place of strings.
         *
         * @return this builder
         */
        public Builder optSingleDigits() {
            strings = Optional.empty();
            return this;
        }

        /**
         * Leaves a speaker out of training and validation for the test.
         *
         * @param speaker the name in the file names
         * @return this builder
         */
        public Builder optTestSpeaker(String speaker) {
            testSpeaker = Optional.of(speaker);
            return this;
        }

        /**
         * Sets the seed of the choice of strings and of their gaps, 0 by default.
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
        public FsddCorpus build() {
            return new FsddCorpus(this);
        }
    }
}
