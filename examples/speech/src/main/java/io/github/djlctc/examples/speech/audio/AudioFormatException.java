package io.github.djlctc.examples.speech.audio;

import io.github.djlctc.examples.common.SampleFileException;

import java.nio.file.Path;

/**
 * An audio file that cannot be used; the message names the file, what is wrong, the values and the
 * remedy.
 */
public final class AudioFormatException extends SampleFileException {

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

    AudioFormatException(Path file, Problem problem, String detail) {
        this(file, problem, detail, null);
    }

    AudioFormatException(Path file, Problem problem, String detail, Throwable cause) {
        super(file.toString(), problem.toString(), detail, cause);
        this.problem = problem;
    }

    /** {@return the class of problem} */
    public Problem problem() {
        return problem;
    }
}
