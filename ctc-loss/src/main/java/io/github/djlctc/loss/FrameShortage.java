package io.github.djlctc.loss;

import io.github.djlctc.batch.CTCBatch;
import io.github.djlctc.batch.CTCInputException;
import io.github.djlctc.batch.CTCInputException.Problem;

import java.util.List;
import java.util.stream.IntStream;

/** Samples that have fewer frames than their target needs. */
final class FrameShortage {

    private FrameShortage() {}

    /** Throws a {@link CTCInputException} that lists all such samples of a batch, if it has any. */
    static void reject(CTCBatch batch) {
        List<Problem> problems =
                IntStream.range(0, batch.size())
                        .filter(n -> !batch.hasEnoughFrames(n))
                        .mapToObj(n -> new Problem(n, describe(batch, n)))
                        .toList();
        if (!problems.isEmpty()) {
            throw new CTCInputException(problems);
        }
    }

    /** Returns how many frames such a sample has and needs, and what can be done about it. */
    static String describe(CTCBatch batch, int sample) {
        int labels = batch.targetLength(sample);
        int required = batch.requiredFrames(sample);
        return batch.inputLength(sample)
                + " frames, but its target of "
                + labels
                + " labels with "
                + (required - labels)
                + " adjacent repeats needs at least "
                + required
                + "; subsample less, or leave the sample out";
    }
}
