package io.github.djlctc.examples.speech.corpus;

import io.github.djlctc.examples.common.SkippedSamples;
import io.github.djlctc.examples.common.data.FileLine;
import io.github.djlctc.examples.speech.audio.AudioHeader;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * <a href="https://www.openslr.org/51">TED-LIUM</a> of release 2, or the folder {@code legacy} of
 * release 3: {@code {train,dev,test}/stm/*.stm} with the transcripts, and {@code sph/*.sph} with
 * the talks.
 *
 * <p>A line of NIST's STM is the talk, its channel, the speaker, start and end in seconds, labels
 * in angle brackets, and the words. Lines to be ignored in scoring are passed over. Of the words,
 * those in brackets ({@code <unk>}, {@code {NOISE}}) and the numbers of pronunciations ({@code
 * the(2)}) are left out, and {@code it 's} becomes {@code it's}.
 */
public final class TedLiumCorpus extends SplitCorpus {

    private static final String IGNORED = "ignore_time_segment_in_scoring";
    private static final double TOLERATED_SECONDS = 0.1;
    private static final Pattern LINE =
            Pattern.compile("(\\S+)\\s+\\S+\\s+\\S+\\s+(\\S+)\\s+(\\S+)\\s+(?:<[^>]*>\\s*)?(.*)");
    private static final Pattern NO_WORDS =
            Pattern.compile("<[^>]*>|\\{[^}]*\\}|\\[[^\\]]*\\]|\\(\\d+\\)");

    private final Path folder;

    /**
     * Creates the reader.
     *
     * @param folder the folder that holds {@code train}, {@code dev} and {@code test}
     * @param names which folders in it are used for what
     */
    public TedLiumCorpus(Path folder, SplitNames names) {
        super("tedlium", names);
        this.folder = folder;
    }

    @Override
    List<Listed> read(String name, SkippedSamples skipped) throws IOException {
        Path stm = folder.resolve(name).resolve("stm");
        if (!Files.isDirectory(stm)) {
            throw new IOException(
                    stm
                            + " is not there; --folder names the folder that holds train, dev and test"
                            + " (of release 3, legacy)");
        }
        List<Listed> found = new ArrayList<>();
        for (Path file : CorpusFolder.list(stm, skipped)) {
            if (file.toString().endsWith(".stm")) {
                readTalk(file, found, skipped);
            }
        }
        if (found.isEmpty()) {
            throw new IOException(stm + ": no usable line in *.stm");
        }
        return found;
    }

    private static void readTalk(Path stm, List<Listed> found, SkippedSamples skipped)
            throws IOException {
        String talk = stm.getFileName().toString().replaceFirst("\\.stm$", "");
        Path audio = stm.resolveSibling("../sph").resolve(talk + ".sph").normalize();
        Optional<SoundFile> sound = SoundFile.find(audio, skipped);
        if (sound.isEmpty()) {
            return;
        }
        List<String> lines = CorpusFolder.lines(stm, skipped);
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (!line.isBlank() && !line.startsWith(";;") && !line.contains(IGNORED)) {
                FileLine where = new FileLine(stm, i + 1);
                utterance(line, talk, sound.get(), where, skipped).ifPresent(found::add);
            }
        }
    }

    private static Optional<Listed> utterance(
            String line, String talk, SoundFile sound, FileLine where, SkippedSamples skipped)
            throws IOException {
        Matcher fields = LINE.matcher(line.strip());
        if (!fields.matches() || !fields.group(1).equals(talk)) {
            skipped.add(
                    where.toString(),
                    "bad transcript line",
                    "not \""
                            + talk
                            + " CHANNEL SPEAKER START END <LABELS> WORDS\": \""
                            + line
                            + "\"");
            return Optional.empty();
        }
        double start = seconds(fields.group(2));
        double end = seconds(fields.group(3));
        double length = length(sound.header());
        if (!(start >= 0 && start < end && end <= length + TOLERATED_SECONDS)) {
            skipped.add(
                    where.toString(),
                    "bad times",
                    "%s to %s s in a talk of %.2f s"
                            .formatted(fields.group(2), fields.group(3), length));
            return Optional.empty();
        }
        SoundFile part = sound.part(start, Math.min(end, length) - start);
        String id = talk + "-" + fields.group(2) + "-" + fields.group(3);
        Utterance utterance = new Utterance(id, words(fields.group(4)), part);
        return Optional.of(new Listed(utterance, where, Optional.empty()));
    }

    private static double seconds(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    private static double length(AudioHeader header) {
        return header.frames().isPresent()
                ? header.frames().getAsLong() / (double) header.sampleRate()
                : Double.POSITIVE_INFINITY;
    }

    private static String words(String transcript) {
        return NO_WORDS.matcher(transcript)
                .replaceAll("")
                .replaceAll("\\s+'(?=\\p{L})", "'")
                .replaceAll("\\s+", " ")
                .strip();
    }
}
