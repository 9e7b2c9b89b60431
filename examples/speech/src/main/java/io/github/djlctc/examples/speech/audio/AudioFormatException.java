package io.github.djlctc.examples.speech.audio;

import java.io.IOException;
import java.nio.file.Path;

/**
 * An audio file that cannot be used; the message names the file, what is wrong, the values and the
 * remedy.
 */
public final class AudioFormatException extends IOException {

    private static final long serialVersionUID = 1L;

    /** What can be wrong with an audio file. */
    public enum Problem {
        /** There is no such file. */
        MISSING("audio file missing"),
        /** The file has no bytes, or no samples. */
        EMPTY("audio file empty"),
        /** The file is not in a format that can be read. */
        UNSUPPORTED("not a supported audio file"),
        /** The file contradicts itself. */
        CORRUPT("audio file corrupt"),
        /** The file ends before the samples that its header promises. */
        TRUNCATED("audio file truncated"),
        /** The file, or the part asked for, is longer than {@link AudioFiles#MAX_SECONDS}. */
        TOO_LONG("audio too long"),
        /** The part asked for is not in the file. */
        OUTSIDE("part outside the audio file");

        private final String words;

        Problem(String words) {
            this.words = words;
        }

        /** {@return the problem in words} */
        @Override
        public String toString() {
            return words;
        }
    }

    /** The class of problem. */
    private final Problem problem;

    /** What is wrong with this file. */
    private final String detail;

    AudioFormatException(Path file, Problem problem, String detail) {
        this(file, problem, detail, null);
    }

    AudioFormatException(Path file, Problem problem, String detail, Throwable cause) {
        super(file + ": " + problem + ": " + detail, cause);
        this.problem = problem;
        this.detail = detail;
    }

    /** {@return the class of problem} */
    public Problem problem() {
        return problem;
    }

    /** {@return what is wrong with this file, with the values} */
    public String detail() {
        return detail;
    }
}
