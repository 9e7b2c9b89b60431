package io.github.djlctc.text;

import java.io.IOException;
import java.nio.file.Path;

/** A file does not hold an alphabet; the message names the file, the place, and the remedy. */
public final class AlphabetFormatException extends IOException {

    private static final long serialVersionUID = 1L;

    AlphabetFormatException(Path file, String problem, String remedy) {
        super(file + ": " + problem + "; " + remedy);
    }
}
