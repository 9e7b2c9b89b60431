package io.github.djlctc.text;

import java.io.IOException;
import java.nio.file.Path;

/** A file does not hold an alphabet; the message names the file, the place, and the remedy. */
public final class AlphabetFormatException extends IOException {

    private static final long serialVersionUID = 1L;

    AlphabetFormatException(Path file, String problem, String remedy) {
        super(file + ": " + problem + "; " + remedy);
    }

    static AlphabetFormatException ofSameToken(Path file, int line, int other, String token) {
        return new AlphabetFormatException(
                file,
                "lines " + line + " and " + other + " hold the same token \"" + token + "\"",
                "each token may have one id only: remove one of them");
    }

    static AlphabetFormatException ofTooFewTokens(Path file, int tokens) {
        return new AlphabetFormatException(
                file,
                "it holds " + tokens + " tokens",
                "an alphabet needs the blank and at least one other token");
    }
}
