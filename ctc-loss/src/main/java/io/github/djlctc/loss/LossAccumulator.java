package io.github.djlctc.loss;

import io.github.djlctc.batch.CTCBatch;

import java.util.Optional;

/** The mean loss of the batches since a reset, and which of their samples had infinite loss. */
final class LossAccumulator {

    private double total;
    private long weights;
    private long batches;
    private long samples;
    private long tooShort;
    private long impossible;
    private String first;
    private Undo latest = new Undo(null, 0, 0);

    /** The mean before a batch was added. */
    private record Undo(CTCBatch batch, double total, long weights) {}

    /**
     * Adds a batch.
     *
     * @param sum what its loss adds to the sum that the mean is of
     * @param weight what it adds to the number that the sum is divided by
     */
    synchronized void add(BatchLosses losses, double sum, int weight) {
        CTCBatch batch = losses.batch();
        if (!losses.isLeftOut()) {
            latest = new Undo(batch, total, weights);
            total += sum;
            weights += weight;
        }
        for (int n = 0; n < batch.size(); n++) {
            if (losses.isInfinite(n)) {
                addInfinite(batch, n);
            }
        }
        batches++;
        samples += batch.size();
    }

    /** Takes a batch out of the mean again, if it is the latest; its samples stay counted. */
    synchronized void leaveOut(CTCBatch batch) {
        if (latest.batch() == batch) {
            total = latest.total();
            weights = latest.weights();
        }
    }

    private void addInfinite(CTCBatch batch, int sample) {
        boolean enough = batch.hasEnoughFrames(sample);
        if (enough) {
            impossible++;
        } else {
            tooShort++;
        }
        if (first == null) {
            String reason =
                    enough
                            ? "the logits give its target probability 0 (a logit is -infinity)"
                            : FrameShortage.describe(batch, sample);
            first = "batch " + batches + ", sample " + sample + ": " + reason;
        }
    }

    synchronized double mean() {
        return weights == 0 ? Double.NaN : total / weights;
    }

    synchronized long infiniteSamples() {
        return tooShort + impossible;
    }

    synchronized Optional<String> infiniteLosses() {
        if (infiniteSamples() == 0) {
            return Optional.empty();
        }
        return Optional.of(
                infiniteSamples()
                        + " of "
                        + samples
                        + " samples have an infinite loss ("
                        + tooShort
                        + " with too few frames, "
                        + impossible
                        + " of probability 0); the first is "
                        + first);
    }
}
