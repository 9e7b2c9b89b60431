package io.github.djlctc.examples.speech.corpus;

import io.github.djlctc.examples.common.SkippedSamples;
import io.github.djlctc.examples.common.data.FileLine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * <a href="https://commonvoice.mozilla.org">Common Voice</a> of one language as its archive
 * unpacks: {@code train.tsv}, {@code dev.tsv}, {@code test.tsv} and others, and {@code
 * clips/*.mp3}.
 *
 * <p>The columns {@code path} and {@code sentence} are read, found by their names in the first
 * line, and {@code client_id}, the speaker, if it is there. The lists of a release share no
 * speaker; with others, such as {@code validated}, those who speak in the test or validation set
 * are left out of training.
 */
public final class CommonVoiceCorpus extends SplitCorpus {

    private final Path folder;

    /**
     * Creates the reader.
     *
     * @param folder the folder of a language
     * @param names which lists are used for what, without {@code .tsv}
     */
    public CommonVoiceCorpus(Path folder, SplitNames names) {
        super("commonvoice", names);
        this.folder = folder;
    }

    @Override
    List<Listed> read(String name, SkippedSamples skipped) throws IOException {
        Path file = folder.resolve(name + ".tsv");
        if (!Files.isRegularFile(file)) {
            throw new IOException(
                    file
                            + " is not there; --folder names the folder of a language, such as"
                            + " cv-corpus-17.0/en, which holds it and clips");
        }
        List<String> lines = CorpusFolder.lines(file, skipped);
        List<String> names = lines.isEmpty() ? List.of() : Arrays.asList(lines.get(0).split("\t"));
        Columns columns =
                new Columns(
                        names.indexOf("path"),
                        names.indexOf("sentence"),
                        names.indexOf("client_id"));
        if (columns.path < 0 || columns.sentence < 0) {
            throw new IOException(
                    file + ": its first line names no columns \"path\" and \"sentence\"");
        }
        List<Listed> found = new ArrayList<>();
        for (int i = 1; i < lines.size(); i++) {
            row(lines.get(i), columns, new FileLine(file, i + 1), skipped).ifPresent(found::add);
        }
        if (found.isEmpty()) {
            throw new IOException(file + ": no usable row");
        }
        return found;
    }

    /** Where the columns are; -1 for one that is missing. */
    private record Columns(int path, int sentence, int speaker) {}

    private Optional<Listed> row(
            String line, Columns columns, FileLine where, SkippedSamples skipped)
            throws IOException {
        String[] cells = line.split("\t", -1);
        if (cells.length <= Math.max(columns.path, columns.sentence)) {
            skipped.add(
                    where.toString(),
                    "bad row",
                    "it has %d columns, not path and sentence: \"%s\""
                            .formatted(cells.length, line));
            return Optional.empty();
        }
        String clip = cells[columns.path].strip();
        if (!CorpusFolder.isFileName(clip)) {
            skipped.add(where.toString(), "bad row", "its path is no file name: \"" + clip + "\"");
            return Optional.empty();
        }
        Optional<String> speaker =
                columns.speaker >= 0 && columns.speaker < cells.length
                        ? Optional.of(cells[columns.speaker]).filter(s -> !s.isBlank())
                        : Optional.empty();
        String text = unquoted(cells[columns.sentence].strip());
        return SoundFile.find(clip(clip), where.toString(), skipped)
                .map(sound -> new Listed(new Utterance(clip, text, sound), where, speaker));
    }

    /** Early releases leave out the ending. */
    private Path clip(String name) {
        Path file = folder.resolve("clips").resolve(name);
        return name.contains(".") ? file : file.resolveSibling(name + ".mp3");
    }

    /** Sentences that begin with a quotation mark are quoted as in CSV. */
    private static String unquoted(String text) {
        boolean quoted = text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"");
        return quoted ? text.substring(1, text.length() - 1).replace("\"\"", "\"") : text;
    }
}
