package io.github.djlctc.examples.speech.corpus;

import io.github.djlctc.examples.common.SkippedSamples;
import io.github.djlctc.examples.common.data.FileLine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * <a href="https://www.openslr.org/12">LibriSpeech</a> as its archives unpack: {@code
 * {split}/{speaker}/{chapter}/{speaker}-{chapter}-{utterance}.flac}, with the transcripts of a
 * chapter in {@code {speaker}-{chapter}.trans.txt}, a line for each: the name of the utterance, a
 * space, the words.
 */
public final class LibriSpeechCorpus extends SplitCorpus {

    private static final String TRANSCRIPTS = ".trans.txt";
    private static final String AUDIO = ".flac";

    private final Path folder;

    /**
     * Creates the reader.
     *
     * @param folder the folder that holds {@code train-clean-100} and the others
     * @param names which folders in it are used for what
     */
    public LibriSpeechCorpus(Path folder, SplitNames names) {
        super("librispeech", names);
        this.folder = folder;
    }

    @Override
    List<Listed> read(String split, SkippedSamples skipped) throws IOException {
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
            FileLine where = new FileLine(transcripts, i + 1);
            int space = line.indexOf(' ');
            if (space <= 0 || line.substring(space).isBlank()) {
                skipped.add(
                        where.toString(),
                        "bad transcript line",
                        "not \"NAME WORDS\": \"" + line + "\"");
                continue;
            }
            String name = line.substring(0, space);
            Path file = audio.remove(name);
            if (file == null) {
                skipped.add(
                        where.toString(),
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
}
