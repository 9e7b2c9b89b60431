package io.github.djlctc.examples.common.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** Files and folders of a command line. */
public final class InputFiles {

    private InputFiles() {}

    /**
     * Puts files in the place of folders.
     *
     * @param paths files, of any name, and folders
     * @param extensions what the names of files in folders end with, in lower case, without the dot
     * @return the files, those of a folder and of the folders in it in the order of their names
     * @throws IOException if a folder cannot be read
     */
    public static List<Path> expand(List<Path> paths, Set<String> extensions) throws IOException {
        List<Path> expanded = new ArrayList<>();
        for (Path path : paths) {
            if (!Files.isDirectory(path)) {
                expanded.add(path);
                continue;
            }
            try (Stream<Path> inside = Files.walk(path)) {
                inside.filter(file -> extensions.contains(extension(file)))
                        .sorted()
                        .forEach(expanded::add);
            }
        }
        return expanded;
    }

    private static String extension(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return name.substring(name.lastIndexOf('.') + 1);
    }
}
