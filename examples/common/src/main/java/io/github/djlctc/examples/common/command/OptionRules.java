package io.github.djlctc.examples.common.command;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Rejects options that make no sense together, or have values out of range. */
public final class OptionRules {

    /** More threads than any machine has cores. */
    public static final int MOST_THREADS = 1024;

    private final CommandSpec spec;

    /**
     * Creates the rules of a command.
     *
     * @param spec the command
     */
    public OptionRules(CommandSpec spec) {
        this.spec = spec;
    }

    /**
     * Tells whether an option is on the command line.
     *
     * @param option its name
     * @return true if it was given, even with its default
     */
    public boolean isGiven(String option) {
        return spec.commandLine().getParseResult().hasMatchedOption(option);
    }

    /**
     * Rejects options that were given but would change nothing.
     *
     * @param circumstance why: "without --lm"
     * @param options their names
     * @throws ParameterException if one of them was given
     */
    public void rejectMeaningless(String circumstance, String... options) {
        for (String option : options) {
            if (isGiven(option)) {
                throw wrong(option + " has no meaning " + circumstance);
            }
        }
    }

    /**
     * Rejects the name of a file to write that another option names too: what that option names
     * would be lost.
     *
     * @param output the name of the option that takes the file
     * @throws ParameterException if another option has the same file, however it is spelled
     */
    public void rejectOverwriting(String output) {
        Optional<Path> written = path(spec.findOption(output).getValue());
        if (written.isEmpty() || isDevice(written.get())) {
            return;
        }
        for (OptionSpec option : spec.options()) {
            boolean same =
                    path(option.getValue()).filter(p -> isSame(p, written.get())).isPresent();
            if (same && !option.longestName().equals(output)) {
                throw wrong(
                        output
                                + " would overwrite "
                                + written.get()
                                + ", which "
                                + option.longestName()
                                + " names too; write to another file");
            }
        }
    }

    private static Optional<Path> path(Object value) {
        try {
            return value instanceof Path || value instanceof String
                    ? Optional.of(Path.of(value.toString()))
                    : Optional.empty();
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static boolean isDevice(Path file) {
        return Files.exists(file) && !Files.isRegularFile(file);
    }

    private static boolean isSame(Path one, Path other) {
        try {
            return one.toAbsolutePath().normalize().equals(other.toAbsolutePath().normalize())
                    || (Files.exists(one) && Files.exists(other) && Files.isSameFile(one, other));
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Rejects a number out of its range.
     *
     * @param least the least that makes sense
     * @param most the most that a machine could serve
     * @param option the name of the option
     * @param value its value
     * @throws ParameterException if it is below or above
     */
    public void requireWithin(int least, int most, String option, int value) {
        if (value < least || value > most) {
            throw wrong(option + " must be from " + least + " to " + most + ", but is " + value);
        }
    }

    /**
     * Hands the value of an option on, if it was given.
     *
     * @param <T> what the value is
     * @param option the name of the option
     * @param value its value, or null if it was not given
     * @param setter takes it, or throws an {@link IllegalArgumentException}
     * @throws ParameterException that names the option, with the message of the setter's exception
     */
    public <T> void set(String option, T value, Consumer<T> setter) {
        if (value == null) {
            return;
        }
        try {
            setter.accept(value);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), option + ": " + e.getMessage(), e);
        }
    }

    /**
     * Makes something of the options; if that cannot be, their values are wrong.
     *
     * @param <T> what is made
     * @param maker makes it, or throws an {@link IllegalArgumentException}
     * @return what was made
     * @throws ParameterException with the message of the maker's exception
     */
    public <T> T checked(Supplier<T> maker) {
        try {
            return maker.get();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    /**
     * Creates the exception for wrong usage.
     *
     * @param message what is wrong
     * @return the exception, which ends the program with the message and exit code 2
     */
    public ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
