package io.github.djlctc.examples.speech.corpus;

import io.github.djlctc.examples.common.SkippedSamples;
import io.github.djlctc.examples.common.data.Corpus;
import io.github.djlctc.examples.common.data.Split;
import io.github.djlctc.examples.speech.corpus.SplitReader.Listed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

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
    private final SplitReader splits;

    private LibriSpeechCorpus(Builder builder) {
        folder = Objects.requireNonNull(builder.folder, "setFolder was not called");
        SplitNames names = new SplitNames(builder.train, builder.validation, builder.test);
        splits = new SplitReader("librispeech", names, this::readSplit);
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
        return splits.load(skipped);
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
        return splits.loadSplit(split, skipped);
    }

    private List<Listed> readSplit(String split, SkippedSamples skipped) throws IOException {
        Path splitFolder = folder.resolve(split);
        if (!Files.isDirectory(splitFolder)) {
            throw new IOException(
                    splitFolder
                            + " is not there; unpack "
                            + split
                            + ".tar.gz, or choose other splits");
        }
        List<Listed> found = new ArrayList<>();
        for (Path speaker : CorpusFolder.list(splitFolder, skipped)) {
            for (Path chapter : CorpusFolder.list(speaker, skipped)) {
                found.addAll(readChapter(chapter, skipped));
            }
        }
        if (found.isEmpty()) {
            throw new IOException(
                    splitFolder + ": no usable utterance in {speaker}/{chapter}/*" + AUDIO);
        }
        return found;
    }

    private static List<Listed> readChapter(Path chapter, SkippedSamples skipped)
            throws IOException {
        List<Listed> utterances = new ArrayList<>();
        Map<String, Path> audio = new TreeMap<>();
        List<Path> transcripts = new ArrayList<>();
        for (Path file : CorpusFolder.list(chapter, skipped)) {
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
        List<String> lines = CorpusFolder.lines(transcripts, skipped);
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
                        .map(
                                sound ->
                                        new Listed(
                                                new Utterance(name, words, sound),
                                                where,
                                                Optional.empty()))
                        .ifPresent(utterances::add);
            }
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
