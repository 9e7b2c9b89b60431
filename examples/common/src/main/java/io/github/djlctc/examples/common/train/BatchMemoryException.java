package io.github.djlctc.examples.common.train;

import io.github.djlctc.loss.LossMemoryException;

import java.util.List;

/**
 * Memory ran out in a step of training, or before, when a sample was read. The message names the
 * sample, and the length of the longest of a batch.
 */
public final class BatchMemoryException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private BatchMemoryException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Says which sample was being read. */
    static BatchMemoryException reading(String id, OutOfMemoryError cause) {
        return new BatchMemoryException(
                "out of memory while " + id + " was read (" + cause.getMessage() + ")", cause);
    }

    /** Describes the batch of some samples. */
    static BatchMemoryException of(List<PreparedSample> samples, Throwable cause) {
        PreparedSample longest = samples.get(0);
        for (PreparedSample sample : samples) {
            longest = sample.frames() > longest.frames() ? sample : longest;
        }
        Throwable origin = cause instanceof LossMemoryException ? cause.getCause() : cause;
        String words = String.valueOf(origin.getMessage()).lines().findFirst().orElse("");
        return new BatchMemoryException(
                "out of memory for a batch of "
                        + samples.size()
                        + ", of which "
                        + longest.id()
                        + " is the longest, with "
                        + longest.frames()
                        + " frames and "
                        + longest.target().length
                        + " labels ("
                        + words
                        + ")",
                cause);
    }
}
