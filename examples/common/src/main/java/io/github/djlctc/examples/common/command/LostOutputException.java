package io.github.djlctc.examples.common.command;

import io.github.djlctc.examples.common.ErrorText;

import java.io.IOException;
import java.util.List;

/**
 * The standard output takes no more: the disk is full, or the program behind the pipe has ended. It
 * is unchecked, so that it ends a command through the {@link java.io.PrintWriter} that the command
 * prints to, which keeps an {@link IOException} to itself.
 */
final class LostOutputException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** How the systems that Java runs on say it; Java has no type for it. */
    private static final List<String> CLOSED_PIPE =
            List.of("Broken pipe", "The pipe is being closed", "The pipe has been ended");

    LostOutputException(IOException cause) {
        super("cannot write the standard output: " + ErrorText.of(cause), cause);
    }

    /** Tells whether the reader of the output has ended, which is not the program's concern. */
    boolean isClosedPipe() {
        String reason = String.valueOf(getCause().getMessage());
        return CLOSED_PIPE.stream().anyMatch(reason::contains);
    }
}
