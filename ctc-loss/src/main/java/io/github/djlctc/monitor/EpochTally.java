package io.github.djlctc.monitor;

import io.github.djlctc.batch.CTCBatch;
import io.github.djlctc.loss.BatchLosses;

import java.util.ArrayList;
import java.util.List;

/** Adds up the statistics of an epoch. */
final class EpochTally {

    private final int epoch;
    private final List<NonFiniteStep> skipped = new ArrayList<>();
    private int steps;
    private int clipped;
    private double norms;
    private double maxNorm = Double.NaN;
    private long samples;
    private long infeasible;
    private double losses;
    private double lowestLoss = Double.NaN;
    private double frames;
    private double blanks;
    private double entropy;
    private long withLabels;
    private long empty;
    private long withSeveralLabels;
    private long single;

    EpochTally(int epoch) {
        this.epoch = epoch;
    }

    int epoch() {
        return epoch;
    }

    /** Returns the number of steps so far. */
    int steps() {
        return steps;
    }

    List<NonFiniteStep> skipped() {
        return skipped;
    }

    void addSkipped(NonFiniteStep step) {
        steps++;
        skipped.add(step);
    }

    void add(BatchLosses batch, double norm, double maxNormAllowed) {
        steps++;
        norms += norm;
        maxNorm = maxNorm > norm ? maxNorm : norm;
        if (norm > maxNormAllowed) {
            clipped++;
        }
        int size = batch.batch().size();
        samples += size;
        losses += size * batch.reduced();
        for (int n = 0; n < size; n++) {
            double loss = batch.of(n);
            lowestLoss = lowestLoss < loss ? lowestLoss : loss;
            if (loss == Double.POSITIVE_INFINITY) {
                infeasible++;
            }
        }
    }

    /**
     * Adds the statistics of the model's output for a batch.
     *
     * @param output the result of {@code emission_statistics.py}
     */
    void addOutput(CTCBatch batch, float[] output) {
        blanks += output[0];
        entropy += output[1];
        for (int n = 0; n < batch.size(); n++) {
            frames += batch.inputLength(n);
            float labels = output[2 + n];
            if (batch.targetLength(n) > 0) {
                withLabels++;
                empty += labels == 0 ? 1 : 0;
            }
            if (batch.targetLength(n) > 1) {
                withSeveralLabels++;
                single += labels == 1 ? 1 : 0;
            }
        }
    }

    EpochStatistics statistics() {
        double good = (double) steps - skipped.size();
        return new EpochStatistics(
                epoch,
                steps,
                skipped.size(),
                losses / (samples - infeasible),
                lowestLoss,
                norms / good,
                maxNorm,
                clipped / good,
                (double) infeasible / samples,
                blanks / frames,
                entropy / frames,
                (double) empty / withLabels,
                (double) single / withSeveralLabels);
    }
}
