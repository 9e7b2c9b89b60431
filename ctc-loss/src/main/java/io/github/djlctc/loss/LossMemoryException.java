package io.github.djlctc.loss;

import ai.djl.engine.EngineException;

import io.github.djlctc.batch.CTCBatch;
import io.github.djlctc.engine.PyTorch;

import java.util.Locale;
import java.util.function.Supplier;

/**
 * Memory ran out while the loss of a batch was computed. The message names the sample that takes
 * most of it and its length, the size of the batch, and the remedies.
 */
public final class LossMemoryException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** The index of the sample in the batch. */
    private final int sample;

    /**
     * Creates the exception.
     *
     * @param batch the batch
     * @param cause what was thrown
     */
    LossMemoryException(CTCBatch batch, Throwable cause) {
        this(batch, largest(batch), cause);
    }

    private LossMemoryException(CTCBatch batch, int sample, Throwable cause) {
        super(message(batch, sample, cause), cause);
        this.sample = sample;
    }

    /** Runs a computation on a batch; if memory runs out, this exception says so. */
    static <T> T guard(CTCBatch batch, Supplier<T> computation) {
        try {
            return computation.get();
        } catch (OutOfMemoryError | EngineException e) {
            if (PyTorch.isOutOfMemory(e)) {
                throw new LossMemoryException(batch, e);
            }
            throw e;
        }
    }

    /**
     * Returns the sample with most cells, of frames and labels.
     *
     * @return its index in the batch
     */
    public int sample() {
        return sample;
    }

    private static int largest(CTCBatch batch) {
        int largest = 0;
        for (int n = 1; n < batch.size(); n++) {
            largest = cells(batch, n) > cells(batch, largest) ? n : largest;
        }
        return largest;
    }

    private static long cells(CTCBatch batch, int n) {
        return batch.inputLength(n) * (2L * batch.targetLength(n) + 1);
    }

    private static String message(CTCBatch batch, int sample, Throwable cause) {
        return String.format(
                Locale.ROOT,
                "out of memory in the loss of a batch of %d x %d frames and %d classes (%s); the"
                        + " largest is sample %d, of %d frames and %d labels: leave it out, bound a"
                        + " batch by frames (LengthBucketSampler.optMaxFrames), subsample more, or"
                        + " give more memory%s",
                batch.size(),
                batch.frames(),
                batch.classes(),
                String.valueOf(cause.getMessage()).lines().findFirst().orElse(""),
                sample,
                batch.inputLength(sample),
                batch.targetLength(sample),
                cause instanceof OutOfMemoryError ? " (-Xmx)" : "");
    }
}
