package io.github.djlctc.examples.common.command;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Tells runs of a command apart that could have other results. */
public final class RunKey {

    private static final int BYTES = 4;

    /** The end of the names of files that a run has not finished, maybe this one itself. */
    private static final String UNFINISHED = ".partial";

    /** Options whose files a run writes, so that their state is no sign of another run. */
    private static final Set<String> WRITTEN = Set.of("--picture");

    private RunKey() {}

    /**
     * Makes a key of what was given to a command by options.
     *
     * @param spec the command
     * @param free the options that change no result
     * @return digits and letters that depend on all other options, and on the size and the time of
     *     the files that they name, and of those in a folder that they name
     */
    public static String of(CommandSpec spec, Set<String> free) {
        return of(spec, free, List.of());
    }

    /**
     * Makes a key of what was given to a command.
     *
     * @param spec the command
     * @param free the options that change no result
     * @param inputs files that the command reads besides those that its options name
     * @return digits and letters that depend on all other options, and on the names, the size and
     *     the time of these files and the inputs, in their order
     */
    public static String of(CommandSpec spec, Set<String> free, List<Path> inputs) {
        StringBuilder text = new StringBuilder();
        for (OptionSpec option : spec.commandLine().getParseResult().matchedOptions()) {
            if (!free.contains(option.longestName())) {
                text.append(option.longestName()).append('\n');
                boolean isWritten = WRITTEN.contains(option.longestName());
                for (String value : option.originalStringValues()) {
                    text.append(value).append('\n');
                    text.append(isWritten ? "" : state(value)).append('\n');
                }
            }
        }
        inputs.forEach(input -> addFile(text, input.toString()));
        byte[] digest = sha256().digest(text.toString().getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest, 0, BYTES);
    }

    private static void addFile(StringBuilder text, String name) {
        text.append(name).append('\n').append(state(name)).append('\n');
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // Every Java has it.
        }
    }

    private static String state(String value) {
        try {
            Path path = Path.of(value);
            return Files.isDirectory(path) ? statesInside(path) : state(path);
        } catch (InvalidPathException | IOException | UncheckedIOException e) {
            return "";
        }
    }

    private static String statesInside(Path folder) throws IOException {
        StringBuilder states = new StringBuilder();
        try (Stream<Path> inside = Files.list(folder)) {
            for (Path path : inside.sorted().toList()) {
                String name = path.getFileName().toString();
                if (!name.endsWith(UNFINISHED)) {
                    states.append(name).append(' ').append(state(path)).append('\n');
                }
            }
        }
        return states.toString();
    }

    private static String state(Path path) throws IOException {
        return Files.isRegularFile(path)
                ? Files.size(path) + " " + Files.getLastModifiedTime(path)
                : "";
    }
}
