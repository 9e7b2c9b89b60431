package io.github.djlctc.examples.common.image;

import io.github.djlctc.examples.common.SampleFileException;

/** An image that cannot be used; the message names it, what is wrong, the values and the remedy. */
public final class ImageFormatException extends SampleFileException {

    private static final long serialVersionUID = 1L;

    /** What can be wrong with an image. */
    public enum Problem {
        /** There is no such file. */
        MISSING("image file missing"),
        /** The file has no bytes, or the image has no pixels. */
        EMPTY("image empty"),
        /** The file is not in a format that can be read. */
        UNSUPPORTED("not a supported image"),
        /** The file contradicts itself. */
        CORRUPT("image file corrupt"),
        /** The file ends before the pixels that its header promises. */
        TRUNCATED("image file truncated"),
        /** The image has more than {@link ImageLimits#MAX_PIXELS} pixels. */
        TOO_LARGE("image too large"),
        /** The image is more than {@link ImageLimits#MAX_ASPECT_RATIO} times as wide as high. */
        TOO_WIDE("image too wide for its height");

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

    ImageFormatException(String image, Problem problem, String detail) {
        this(image, problem, detail, null);
    }

    ImageFormatException(String image, Problem problem, String detail, Throwable cause) {
        super(image, problem.toString(), detail, cause);
        this.problem = problem;
    }

    /** {@return the class of problem} */
    public Problem problem() {
        return problem;
    }
}
