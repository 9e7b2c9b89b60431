package io.github.djlctc.examples.common.console;

import java.io.Console;
import java.util.Optional;

/** The terminal that the program was started from. */
public final class Terminal {

    private Terminal() {}

    /**
     * Finds the terminal.
     *
     * @return the terminal, or nothing if the program reads or prints elsewhere, such as a pipe
     */
    public static Optional<Console> find() {
        return Optional.ofNullable(System.console()).filter(Terminal::isTerminal);
    }

    /**
     * From Java 22 on there is a console even without a terminal, and a method that tells which.
     */
    private static boolean isTerminal(Console console) {
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException e) {
            return true;
        }
    }
}
