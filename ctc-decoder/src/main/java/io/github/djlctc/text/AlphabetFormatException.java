package io.github.djlctc.text;

import java.io.IOException;
import java.nio.file.Path;

/** A file does not hold an alphabet; the message names the file, the place, and the remedy. */
public final class AlphabetFormatException extends IOException {

    private static final long serialVersionUID = 1L;

    private final transient boolean untold;

    AlphabetFormatException(Path file, String problem, String remedy) {
        this(file, problem, remedy, false);
    }

    private AlphabetFormatException(Path file, String problem, String remedy, boolean untold) {
        super(file + ": " + problem + "; " + remedy);
        this.untold = untold;
    }

    static AlphabetFormatException ofUntold(Path file, String problem, String remedy) {
        return new AlphabetFormatException(file, problem, remedy, true);
    }

    /**
     * Tells whether the {@link VocabularyFormat format} or the blank needs a name, or another one,
     * so that programs can say by which option.
     *
     * @return true if the message asks for a name
     */
    public boolean needsName() {
        return untold;
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
