package io.github.djlctc.examples.common.command;

import io.github.djlctc.examples.common.Printable;
import io.github.djlctc.examples.common.SkippedSamples;
import io.github.djlctc.examples.common.SkippedSamples.Skipped;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The files of a command line: those that it names, and those in the folders that it names. */
public final class InputFiles {

    private static final int SHOWN_LEFT = 5;

    private final List<Path> files = new ArrayList<>();
    private final List<Path> named = new ArrayList<>();

    /** What is in the folders and was left, since its name ends in another way. */
    private final List<Path> left = new ArrayList<>();

    private InputFiles() {}

    /**
     * Puts files in the place of folders.
     *
     * @param paths files, of any name, and folders
     * @param extensions what the names of files in folders end with, in lower case, without the dot
     * @return the files, those of a folder and of the folders in it in the order of their names
     * @throws IOException if a folder cannot be read, or there is no file
     */
    public static InputFiles find(List<Path> paths, Set<String> extensions) throws IOException {
        InputFiles found = new InputFiles();
        for (Path path : paths) {
            if (Files.isDirectory(path)) {
                found.addInside(path, extensions);
            } else {
                found.files.add(path);
                found.named.add(path);
            }
        }
        if (found.files.isEmpty()) {
            throw found.nothing(paths, extensions);
        }
        return found;
    }

    private IOException nothing(List<Path> folders, Set<String> extensions) {
        return new IOException(
                "nothing to read in %s: no name there ends in .%s%s"
                        .formatted(
                                folders.stream()
                                        .map(Path::toString)
                                        .collect(Collectors.joining(", ")),
                                extensions.stream().sorted().collect(Collectors.joining(", .")),
                                leftNote().map(note -> "; " + note).orElse("")));
    }

    private void addInside(Path folder, Set<String> extensions) throws IOException {
        try (Stream<Path> inside = Files.walk(folder)) {
            // A link to a folder is not followed, so it is among what is left.
            inside.filter(path -> !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
                    .sorted()
                    .forEach(
                            path ->
                                    (extensions.contains(extension(path)) ? files : left)
                                            .add(path));
        }
    }

    /** {@return the files to read, in the order of the command line} */
    public List<Path> files() {
        return List.copyOf(files);
    }

    /**
     * Returns a line about what is in the folders and is not read.
     *
     * @return the number of files and the first names; nothing if all are read
     */
    public Optional<String> leftNote() {
        if (left.isEmpty()) {
            return Optional.empty();
        }
        String names =
                left.stream()
                        .limit(SHOWN_LEFT)
                        .map(path -> Printable.line(path.toString()))
                        .collect(Collectors.joining(", "));
        String count =
                left.size() == 1
                        ? "1 file of another type was"
                        : left.size() + " files of other types were";
        return Optional.of(count + " left: " + names + (left.size() > SHOWN_LEFT ? ", ..." : ""));
    }

    /**
     * Tells whether every file that the command line names itself could be used.
     *
     * @param skipped what could not be used, under the paths of the files
     * @return whether none of the named files is among it
     */
    public boolean namedAreUsable(SkippedSamples skipped) {
        Set<String> unusable =
                skipped.list().stream().map(Skipped::id).collect(Collectors.toUnmodifiableSet());
        return named.stream().noneMatch(file -> unusable.contains(file.toString()));
    }

    private static String extension(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return name.substring(name.lastIndexOf('.') + 1);
    }
}
