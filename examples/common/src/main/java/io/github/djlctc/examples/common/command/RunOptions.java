package io.github.djlctc.examples.common.command;

import io.github.djlctc.examples.common.ErrorText;
import io.github.djlctc.examples.common.train.TrainingRun;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import com.google.gson.reflect.TypeToken;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The options of a training run, as they were given: their values by name. A resumed run has those
 * that it was started with, but for {@linkplain #FREE some} that are given anew.
 */
final class RunOptions {

    private static final String MODEL = "--model";
    private static final String DATA = "--data";

    /** Options of one command, not of the run. */
    private static final Set<String> UNRECORDED = Set.of(MODEL, "--resume", "--json", "--strict");

    /** Options that may change when a run is resumed: what is trained does not depend on them. */
    private static final Set<String> FREE =
            Set.of(
                    "--checkpoint-every",
                    "--keep-best",
                    "--mean-of-best",
                    "--threads",
                    "--disk-cache");

    private static final Gson GSON = new Gson();
    private static final TypeToken<Map<String, List<String>>> FORM = new TypeToken<>() {};

    private final Map<String, List<String>> values;

    private RunOptions(Map<String, List<String>> values) {
        this.values = values;
    }

    static RunOptions of(ParseResult given) {
        Map<String, List<String>> values = new TreeMap<>();
        for (OptionSpec option : given.matchedOptions()) {
            if (!UNRECORDED.contains(option.longestName())) {
                values.put(option.longestName(), values(option));
            }
        }
        return new RunOptions(values);
    }

    /** Returns these options with one that decides the results, if it was not given. */
    RunOptions with(String name, Number value) {
        Map<String, List<String>> all = new TreeMap<>(values);
        all.putIfAbsent(name, List.of(value.toString()));
        return new RunOptions(all);
    }

    /** Tells whether an option was given or added. */
    boolean has(String name) {
        return values.containsKey(name);
    }

    /** Paths are made absolute, since a run may be resumed from another folder. */
    private static List<String> values(OptionSpec option) {
        return option.getValue() instanceof Path path
                ? List.of(path.toAbsolutePath().toString())
                : option.stringValues();
    }

    /** Returns the options of the run that made a model; nothing if the folder does not tell. */
    static Optional<RunOptions> ofModel(Path folder) throws IOException {
        Path file = folder.resolve(TrainingRun.OPTIONS_FILE);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(parse(Files.readString(file)));
        } catch (IOException e) {
            throw new IOException(file + ": " + ErrorText.of(e), e);
        }
    }

    static RunOptions parse(String json) throws IOException {
        try {
            Map<String, List<String>> values = GSON.fromJson(json, FORM);
            if (values != null && !values.containsValue(null)) {
                return new RunOptions(values);
            }
        } catch (JsonParseException e) {
            throw new IOException("the options of the run are unreadable: " + json, e);
        }
        throw new IOException("there are no options of a run; it is not of this program");
    }

    /**
     * Returns the command as it was given first, with the free options as they are given now.
     *
     * @param now the command line with {@code --resume}
     * @param program a fresh command line of the same program
     */
    CommandLine reparsed(CommandLine now, CommandLine program, Path folder) {
        Map<String, List<String>> all = new TreeMap<>(values);
        for (OptionSpec option : now.getParseResult().matchedOptions()) {
            String name = option.longestName();
            if (FREE.contains(name) || UNRECORDED.contains(name)) {
                all.put(name, values(option));
            } else {
                refuseContradiction(now, option, folder);
            }
        }
        List<String> arguments = new ArrayList<>(List.of(now.getCommandName()));
        all.forEach((name, given) -> given.forEach(value -> arguments.add(name + "=" + value)));
        program.setOut(now.getOut()).setErr(now.getErr());
        program.parseArgs(arguments.toArray(String[]::new));
        return program.getSubcommands().get(now.getCommandName());
    }

    /**
     * Returns the options of the run that choose its data, as far as another command has them and
     * they are not given; none if it is given data of another kind.
     *
     * @param now the command
     * @return arguments
     */
    List<String> missingData(CommandLine now) {
        Set<String> given = new TreeSet<>();
        now.getParseResult().matchedOptions().forEach(option -> given.add(option.longestName()));
        boolean hasKind = given.remove(DATA);
        if (hasKind && !isSameKind(now.getCommandSpec().findOption(DATA))) {
            return List.of();
        }
        List<String> arguments = new ArrayList<>();
        values.forEach(
                (name, all) -> {
                    // Features belong to the manifest that is given with or without them.
                    boolean isDecided =
                            (hasKind && name.equals(DATA))
                                    || given.stream()
                                            .anyMatch(g -> (name + "-").startsWith(g + "-"));
                    boolean isKnown = now.getCommandSpec().findOption(name) != null;
                    if (isKnown && !isDecided && !FREE.contains(name)) {
                        all.forEach(value -> arguments.add(name + "=" + value));
                    }
                });
        return arguments;
    }

    private boolean isSameKind(OptionSpec data) {
        String kind = values.getOrDefault(DATA, defaultOf(data)).get(0);
        return kind.equalsIgnoreCase(data.getValue().toString());
    }

    private void refuseContradiction(CommandLine now, OptionSpec option, Path folder) {
        String name = option.longestName();
        List<String> first = values.get(name);
        List<String> given = values(option);
        List<String> expected = first == null ? defaultOf(option) : first;
        if (!given.equals(expected)
                && !isSameConstant(option, given, expected)
                && !isSameNumber(option, expected)
                && !isSamePath(option, expected)) {
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

    /** Constants are taken in any case. */
    private static boolean isSameConstant(
            OptionSpec option, List<String> given, List<String> expected) {
        return option.getValue() instanceof Enum
                && String.join(" ", given).equalsIgnoreCase(String.join(" ", expected));
    }

    /** Numbers are the same however they are written. */
    private static boolean isSameNumber(OptionSpec option, List<String> expected) {
        try {
            return option.getValue() instanceof Number number
                    && expected.size() == 1
                    && new BigDecimal(expected.get(0)).compareTo(new BigDecimal(number.toString()))
                            == 0;
        } catch (NumberFormatException e) {
            return false;
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
