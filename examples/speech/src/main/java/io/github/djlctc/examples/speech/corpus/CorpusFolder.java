package io.github.djlctc.examples.speech.corpus;

import io.github.djlctc.examples.common.SkippedSamples;
import io.github.djlctc.examples.common.data.TextLines;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The files in a folder of a corpus. */
final class CorpusFolder {

    /** What macOS puts beside each file on foreign disks and in archives. */
    private static final String SIDE_FILE = "._";

    private CorpusFolder() {}

    /**
     * Returns what a folder holds, in order; nothing if it is no folder.
     *
     * @param skipped takes the side files of macOS
     */
    static List<Path> list(Path folder, SkippedSamples skipped) throws IOException {
        List<Path> found = new ArrayList<>();
        if (!Files.isDirectory(folder)) {
            return found;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                if (file.getFileName().toString().startsWith(SIDE_FILE)) {
                    skipped.add(
                            file.toString(),
                            "side file of macOS",
                            "it holds nothing of the corpus, and can be deleted");
                } else {
                    found.add(file);
                }
            }
        }
        return found;
    }

    /**
     * Tells whether a name that a list gives can be that of a file in a folder, and of no other.
     */
    static boolean isFileName(String name) {
        if (name.isEmpty() || name.contains("/") || name.contains("\\") || name.equals("..")) {
            return false;
        }
        try {
            return Path.of(name).getNameCount() == 1;
        } catch (InvalidPathException e) {
            return false;
        }
    }

    /** Returns the lines of a file; none, and records why, if it is not UTF-8. */
    static List<String> lines(Path file, SkippedSamples skipped) throws IOException {
        try {
            return TextLines.read(file);
        } catch (CharacterCodingException e) {
            skipped.add(file.toString(), "not UTF-8", "save the file as UTF-8");
            return List.of();
        }
    }
}
