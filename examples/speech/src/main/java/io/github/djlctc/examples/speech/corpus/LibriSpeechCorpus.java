package io.github.djlctc.examples.speech.corpus;

import io.github.djlctc.examples.common.SkippedSamples;
import io.github.djlctc.examples.common.data.Corpus;
import io.github.djlctc.examples.common.data.ListedSamples;
import io.github.djlctc.examples.common.data.Split;
import io.github.djlctc.examples.common.data.TextLines;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * <a href="https://www.openslr.org/12">LibriSpeech</a> as its archives unpack: {@code
 * {split}/{speaker}/{chapter}/{speaker}-{chapter}-{utterance}.flac}, with the transcripts of a
 * chapter in {@code {speaker}-{chapter}.trans.txt}, a line for each: the name of the utterance, a
 * space, the words.
 */
public final class LibriSpeechCorpus {

    private static final String TRANSCRIPTS = ".trans.txt";
    private static final String AUDIO = ".flac";

    private final Path folder;
    private final List<String> train;
    private final List<String> validation;
    private final List<String> test;

    private LibriSpeechCorpus(Builder builder) {
        folder = Objects.requireNonNull(builder.folder, "setFolder was not called");
        train = builder.train;
        validation = builder.validation;
        test = builder.test;
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
     * @param skipped takes lines without a file, files without a line, utterances that another set
     *     has, and files that cannot be used; the headers are checked here, the sound when it is
     *     read
     * @return the corpus
     * @throws IOException if a split is not there, cannot be read, or has no usable utterance
     */
    public Corpus<Utterance> load(SkippedSamples skipped) throws IOException {
        ListedSamples listed = new ListedSamples(Utterance.NOUN);
        List<Utterance> testSet = utterances("test", test, listed, skipped);
        List<Utterance> validationSet = utterances("validation", validation, listed, skipped);
        List<Utterance> trainSet = utterances("training", train, listed, skipped);
        return new Corpus<>("librispeech", Utterance.UNIT, trainSet, validationSet, testSet);
    }

    /**
     * Lists one part, which alone has to be there.
     *
     * @param split the part
     * @param skipped as for {@link #load}
     * @return a corpus of which the other parts are empty
     * @throws IOException as for {@link #load}
     */
    public Corpus<Utterance> loadSplit(Split split, SkippedSamples skipped) throws IOException {
        List<String> folders =
                switch (split) {
                    case TRAIN -> train;
                    case VALIDATION -> validation;
                    case TEST -> test;
                };
        List<Utterance> samples =
                utterances(split.set(), folders, new ListedSamples(Utterance.NOUN), skipped);
        return Corpus.of("librispeech", Utterance.UNIT, split, samples);
    }

    private List<Utterance> utterances(
            String set, List<String> splits, ListedSamples listed, SkippedSamples skipped)
            throws IOException {
        List<Utterance> utterances = new ArrayList<>();
        for (String split : splits) {
            Path splitFolder = folder.resolve(split);
            if (!Files.isDirectory(splitFolder)) {
                throw new IOException(
                        splitFolder
                                + " is not there; unpack "
                                + split
                                + ".tar.gz, or choose other splits");
            }
            List<Listed> found = new ArrayList<>();
            for (Path speaker : list(splitFolder)) {
                for (Path chapter : list(speaker)) {
                    found.addAll(readChapter(chapter, skipped));
                }
            }
            if (found.isEmpty()) {
                throw new IOException(
                        splitFolder + ": no usable utterance in {speaker}/{chapter}/*" + AUDIO);
            }
            for (Listed utterance : found) {
                listed.add(set, utterance.sample, utterance.where)
                        .ifPresentOrElse(
                                again ->
                                        skipped.add(
                                                utterance.where, again.reason(), again.detail()),
                                () -> utterances.add(utterance.sample));
            }
        }
        return utterances;
    }

    /** An utterance, and the line that lists it. */
    private record Listed(Utterance sample, String where) {}

    private static List<Listed> readChapter(Path chapter, SkippedSamples skipped)
            throws IOException {
        List<Listed> utterances = new ArrayList<>();
        Map<String, Path> audio = new TreeMap<>();
        List<Path> transcripts = new ArrayList<>();
        for (Path file : list(chapter)) {
            String name = file.getFileName().toString();
            if (name.endsWith(AUDIO)) {
                audio.put(name.substring(0, name.length() - AUDIO.length()), file);
            } else if (name.endsWith(TRANSCRIPTS)) {
                transcripts.add(file);
            }
        }
        for (Path file : transcripts) {
            readTranscripts(file, audio, utterances, skipped);
        }
        audio.forEach(
                (name, file) ->
                        skipped.add(
                                file.toString(),
                                "no transcript",
                                name + " is not in the *" + TRANSCRIPTS + " beside it"));
        return utterances;
    }

    /** Takes each file that has a transcript out of {@code audio}. */
    private static void readTranscripts(
            Path transcripts,
            Map<String, Path> audio,
            List<Listed> utterances,
            SkippedSamples skipped)
            throws IOException {
        List<String> lines = lines(transcripts, skipped);
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            String where = transcripts + ":" + (i + 1);
            int space = line.indexOf(' ');
            if (space <= 0 || line.substring(space).isBlank()) {
                skipped.add(where, "bad transcript line", "not \"NAME WORDS\": \"" + line + "\"");
                continue;
            }
            String name = line.substring(0, space);
            Path file = audio.remove(name);
            if (file == null) {
                skipped.add(
                        where,
                        "no audio for transcript",
                        name + AUDIO + " is not there, or the line comes twice");
            } else {
                String words = line.substring(space).strip();
                SoundFile.find(file, skipped)
                        .map(sound -> new Listed(new Utterance(name, words, sound), where))
                        .ifPresent(utterances::add);
            }
        }
    }

    private static List<String> lines(Path transcripts, SkippedSamples skipped) throws IOException {
        try {
            return TextLines.read(transcripts);
        } catch (CharacterCodingException e) {
            skipped.add(transcripts.toString(), "not UTF-8", "save the file as UTF-8");
            return List.of();
        }
    }

    /** Returns what a folder holds, in order; nothing if it is no folder. */
    private static List<Path> list(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    /** Builds a {@link LibriSpeechCorpus}. */
    public static final class Builder {

        private Path folder;
        private List<String> train = List.of("train-clean-100");
        private List<String> validation = List.of("dev-clean");
        private List<String> test = List.of("test-clean");

        private Builder() {}

        /**
         * Sets the folder of the splits.
         *
         * @param folder the folder that holds {@code train-clean-100} and the others
         * @return this builder
         */
        public Builder setFolder(Path folder) {
            this.folder = folder;
            return this;
        }

        /**
         * Sets the splits to learn from, {@code train-clean-100} by default.
         *
         * @param splits their folder names
         * @return this builder
         */
        public Builder optTrain(String... splits) {
            train = List.of(splits);
            return this;
        }

        /**
         * Sets the splits to choose the best epoch on, {@code dev-clean} by default.
         *
         * @param splits their folder names
         * @return this builder
         */
        public Builder optValidation(String... splits) {
            validation = List.of(splits);
            return this;
        }

        /**
         * Sets the splits to report error rates on, {@code test-clean} by default.
         *
         * @param splits their folder names
         * @return this builder
         */
        public Builder optTest(String... splits) {
            test = List.of(splits);
            return this;
        }

        /**
         * Builds the corpus reader.
         *
         * @return the reader
         */
        public LibriSpeechCorpus build() {
            return new LibriSpeechCorpus(this);
        }
    }
}
