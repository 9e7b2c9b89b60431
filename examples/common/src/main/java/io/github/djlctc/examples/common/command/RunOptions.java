package io.github.djlctc.examples.common.command;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import com.google.gson.reflect.TypeToken;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The options that decide the results of a training run, as they were given: their values by name.
 * A resumed run has those that it was started with.
 */
final class RunOptions {

    private static final String MODEL = "--model";

    /** The other options, which may change when a run is resumed. */
    private static final Set<String> FREE =
            Set.of(
                    MODEL,
                    "--resume",
                    "--checkpoint-every",
                    "--keep-best",
                    "--threads",
                    "--json",
                    "--strict");

    private static final Gson GSON = new Gson();
    private static final TypeToken<Map<String, List<String>>> FORM = new TypeToken<>() {};

    private final Map<String, List<String>> values;

    private RunOptions(Map<String, List<String>> values) {
        this.values = values;
    }

    static RunOptions of(ParseResult given) {
        Map<String, List<String>> values = new TreeMap<>();
        for (OptionSpec option : given.matchedOptions()) {
            if (!FREE.contains(option.longestName())) {
                values.put(option.longestName(), values(option));
            }
        }
        return new RunOptions(values);
    }

    /** Paths are made absolute, since a run may be resumed from another folder. */
    private static List<String> values(OptionSpec option) {
        return option.getValue() instanceof Path path
                ? List.of(path.toAbsolutePath().toString())
                : option.stringValues();
    }

    static RunOptions parse(String json) throws IOException {
        try {
            Map<String, List<String>> values = GSON.fromJson(json, FORM);
            if (values != null) {
                return new RunOptions(values);
            }
        } catch (JsonParseException e) {
            throw new IOException("the checkpoint's options are unreadable: " + json, e);
        }
        throw new IOException("the checkpoint has no options; it is not of this program");
    }

    /**
     * Returns the command as it was given first, with the free options as they are given now.
     *
     * @param now the command line with {@code --resume}
     * @param program a fresh command line of the same program
     */
    CommandLine reparsed(CommandLine now, CommandLine program, Path folder) {
        List<String> arguments = new ArrayList<>(List.of(now.getCommandName()));
        for (OptionSpec option : now.getParseResult().matchedOptions()) {
            if (FREE.contains(option.longestName())) {
                values(option).forEach(value -> arguments.add(option.longestName() + "=" + value));
            } else {
                refuseContradiction(now, option, folder);
            }
        }
        values.forEach((name, all) -> all.forEach(value -> arguments.add(name + "=" + value)));
        program.setOut(now.getOut());
        program.parseArgs(arguments.toArray(String[]::new));
        return program.getSubcommands().get(now.getCommandName());
    }

    private void refuseContradiction(CommandLine now, OptionSpec option, Path folder) {
        String name = option.longestName();
        List<String> first = values.get(name);
        List<String> given = values(option);
        List<String> expected = first == null ? defaultOf(option) : first;
        if (!given.equals(expected) && !isSamePath(option, expected)) {
            throw new ParameterException(
                    now,
                    name
                            + " "
                            + String.join(" ", given)
                            + " contradicts the run in "
                            + folder
                            + ", which was started with "
                            + (first == null ? "its default" : String.join(" ", first))
                            + ": leave the option out, or start another run in another folder");
        }
    }

    /** Paths are the same if they lead to the same file, relative, absolute or through a link. */
    private static boolean isSamePath(OptionSpec option, List<String> expected) {
        try {
            return option.getValue() instanceof Path path
                    && expected.size() == 1
                    && Files.isSameFile(path, Path.of(expected.get(0)));
        } catch (IOException | InvalidPathException e) {
            return false;
        }
    }

    private static List<String> defaultOf(OptionSpec option) {
        return option.defaultValue() == null ? List.of() : List.of(option.defaultValue());
    }

    /** Returns what {@link #parse} reads. */
    @Override
    public String toString() {
        return GSON.toJson(values);
    }
}
