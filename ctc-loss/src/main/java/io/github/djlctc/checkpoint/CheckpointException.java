package io.github.djlctc.checkpoint;

import java.io.IOException;
import java.nio.file.Path;

/** Thrown if a file is not a usable checkpoint; nothing has been changed then. */
public final class CheckpointException extends IOException {

    private static final long serialVersionUID = 1L;

    /** What is wrong with a checkpoint. */
    public enum Problem {
        /** The file is something else. */
        NOT_A_CHECKPOINT,
        /** Another version of this library wrote it. */
        OTHER_VERSION,
        /** It is incomplete, or its bytes have changed. */
        DAMAGED,
        /** Its parameters are not those of the model. */
        OTHER_MODEL,
        /** It has no average of the parameters, or one of another decay. */
        OTHER_AVERAGE
    }

    /** The kind of the problem. */
    private final Problem problem;

    CheckpointException(Path file, Problem problem, String message) {
        super(file + ": " + message);
        this.problem = problem;
    }

    /**
     * Returns the kind of the problem; the message has the details.
     *
     * @return the problem
     */
    public Problem problem() {
        return problem;
    }
}
