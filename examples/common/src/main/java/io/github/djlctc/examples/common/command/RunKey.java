package io.github.djlctc.examples.common.command;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;
import java.util.stream.Stream;

/** Tells runs of a command apart that could have other results. */
public final class RunKey {

    private static final int BYTES = 4;

    private RunKey() {}

    /**
     * Makes a key of what was given to a command.
     *
     * @param spec the command
     * @param free the options that change no result
     * @return digits and letters that depend on all other options, and on the size and the time of
     *     the files that they name, or that are in the folders that they name
     */
    public static String of(CommandSpec spec, Set<String> free) {
        StringBuilder text = new StringBuilder();
        for (OptionSpec option : spec.commandLine().getParseResult().matchedOptions()) {
            if (!free.contains(option.longestName())) {
                text.append(option.longestName()).append('\n');
                for (String value : option.originalStringValues()) {
                    text.append(value).append('\n').append(state(value)).append('\n');
                }
            }
        }
        byte[] digest = sha256().digest(text.toString().getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest, 0, BYTES);
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
            if (!Files.isDirectory(path)) {
                return fileState(path);
            }
            StringBuilder states = new StringBuilder();
            try (Stream<Path> files = Files.list(path)) {
                for (Path file : files.sorted().toList()) {
                    states.append(file.getFileName()).append(' ');
                    states.append(fileState(file)).append('\n');
                }
            }
            return states.toString();
        } catch (InvalidPathException | IOException e) {
            return "";
        }
    }

    private static String fileState(Path file) throws IOException {
        return Files.isRegularFile(file)
                ? Files.size(file) + " " + Files.getLastModifiedTime(file)
                : "";
    }
}
