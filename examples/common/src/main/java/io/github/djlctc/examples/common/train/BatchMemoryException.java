package io.github.djlctc.examples.common.train;

import ai.djl.engine.EngineException;

import io.github.djlctc.engine.PyTorch;
import io.github.djlctc.loss.LossMemoryException;

import java.util.List;

/**
 * Memory ran out in a step of training or of measuring, or before, when a sample was read. The
 * message names the sample, and the length of the longest of a batch.
 */
public final class BatchMemoryException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private BatchMemoryException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Does something with a batch. */
    @FunctionalInterface
    interface Step<E extends Exception> {
        void run() throws E;
    }

    /** Does something with a batch of some samples, and names them if memory runs out. */
    static <E extends Exception> void guard(SampleDataset dataset, List<?> indices, Step<E> step)
            throws E {
        try {
            step.run();
        } catch (OutOfMemoryError | EngineException | LossMemoryException e) {
            if (e instanceof LossMemoryException || PyTorch.isOutOfMemory(e)) {
                throw of(dataset.samples(indices), e);
            }
            throw e;
        }
    }

    /** Says which sample was being read. */
    static BatchMemoryException reading(String id, OutOfMemoryError cause) {
        return new BatchMemoryException(
                "out of memory while " + id + " was read (" + cause.getMessage() + ")", cause);
    }

    /** The line that says what failed; the first may say in which program. */
    private static String words(String message) {
        return message.lines()
                .filter(line -> line.matches("Runtime(Error|Exception):.*"))
                .findFirst()
                .or(() -> message.lines().findFirst())
                .orElse("");
    }

    /** Describes the batch of some samples. */
    static BatchMemoryException of(List<PreparedSample> samples, Throwable cause) {
        PreparedSample longest = samples.get(0);
        for (PreparedSample sample : samples) {
            longest = sample.frames() > longest.frames() ? sample : longest;
        }
        Throwable origin = cause instanceof LossMemoryException ? cause.getCause() : cause;
        String words = words(String.valueOf(origin.getMessage()));
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
