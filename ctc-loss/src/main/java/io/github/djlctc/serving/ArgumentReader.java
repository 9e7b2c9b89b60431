package io.github.djlctc.serving;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.TreeSet;
import java.util.function.DoubleConsumer;
import java.util.function.IntConsumer;

/**
 * Reads typed values from the arguments of a model. What is wrong is an {@link
 * IllegalArgumentException} that names the argument and its value.
 */
final class ArgumentReader {

    static final String PREFIX = "ctc.";

    private final Map<String, ?> arguments;
    private final Path folder;

    ArgumentReader(Map<String, ?> arguments, Path folder) {
        this.arguments = arguments;
        this.folder = folder;
    }

    /** Refuses arguments with the prefix that are not known, which are likely misspelled. */
    void checkKnown(Collection<String> known) {
        for (String name : new TreeSet<>(arguments.keySet())) {
            if (isOurs(name) && !known.contains(name)) {
                throw new IllegalArgumentException(
                        "there is no argument %s; those that there are: %s"
                                .formatted(name, String.join(", ", new TreeSet<>(known))));
            }
        }
    }

    private static boolean isOurs(String name) {
        return name.toLowerCase(Locale.ROOT).startsWith(PREFIX);
    }

    Optional<String> text(String name) {
        Object value = arguments.get(name);
        return value == null ? Optional.empty() : Optional.of(value.toString().strip());
    }

    /** Returns a file that is there, in the model's folder unless its path is absolute. */
    Optional<Path> file(String name) {
        Optional<Path> file = text(name).map(folder::resolve);
        if (file.isPresent() && !Files.isRegularFile(file.get())) {
            throw new IllegalArgumentException(
                    "argument %s: there is no file %s".formatted(name, file.get()));
        }
        return file;
    }

    OptionalDouble number(String name) {
        Optional<String> text = text(name);
        if (text.isEmpty()) {
            return OptionalDouble.empty();
        }
        try {
            return OptionalDouble.of(Double.parseDouble(text.get()));
        } catch (NumberFormatException e) {
            throw wrong(name, text.get(), "a number", e);
        }
    }

    OptionalInt integer(String name) {
        Optional<String> text = text(name);
        if (text.isEmpty()) {
            return OptionalInt.empty();
        }
        try {
            return OptionalInt.of(Integer.parseInt(text.get()));
        } catch (NumberFormatException e) {
            throw wrong(name, text.get(), "a whole number", e);
        }
    }

    <E extends Enum<E>> Optional<E> choice(String name, Class<E> type) {
        Optional<String> text = text(name);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Enum.valueOf(type, text.get().toUpperCase(Locale.ROOT)));
        } catch (IllegalArgumentException e) {
            String choices =
                    Arrays.stream(type.getEnumConstants())
                            .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                            .toList()
                            .toString();
            throw wrong(name, text.get(), "one of " + choices, e);
        }
    }

    /** Hands a number to its setter, if there is one, and says which is out of its range. */
    void number(String name, DoubleConsumer setter) {
        number(name).ifPresent(value -> check(name, () -> setter.accept(value)));
    }

    /** Hands a whole number to its setter, if there is one, and says which is out of its range. */
    void integer(String name, IntConsumer setter) {
        integer(name).ifPresent(value -> check(name, () -> setter.accept(value)));
    }

    /** Says which argument has a value that is out of its range. */
    void check(String name, Runnable setter) {
        try {
            setter.run();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("argument " + name + ": " + e.getMessage(), e);
        }
    }

    private static IllegalArgumentException wrong(
            String name, String value, String expected, Exception cause) {
        return new IllegalArgumentException(
                "argument %s is \"%s\", but must be %s".formatted(name, value, expected), cause);
    }
}
