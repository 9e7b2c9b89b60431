package io.github.djlctc.examples.common.train;

import io.github.djlctc.checkpoint.TrainingCheckpoint;
import io.github.djlctc.checkpoint.TrainingPosition;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** How far a run has come, apart from the model and the optimizer. Goes into every checkpoint. */
final class TrainingState {

    private static final String BEST_EPOCH = "best epoch";
    private static final String BEST_RATE = "best mean error rate";
    private static final String BEST_LOSS = "best loss";
    private static final String SAMPLES = "samples of the epoch";
    private static final String CONSISTENCY = "consistency of the epoch";
    private static final String CONSISTENT_SAMPLES = "samples of the consistency";

    private int epoch;
    private int batches;
    private long samples;
    private double consistency;
    private long consistentSamples;
    private int bestEpoch;
    private double bestRate = Double.POSITIVE_INFINITY;
    private double bestLoss = Double.POSITIVE_INFINITY;

    TrainingState() {}

    static TrainingState of(TrainingCheckpoint checkpoint) throws IOException {
        Map<String, String> properties = checkpoint.properties();
        TrainingState state = new TrainingState();
        state.epoch = checkpoint.position().epoch();
        state.batches = checkpoint.position().batch();
        try {
            state.samples = Long.parseLong(properties.getOrDefault(SAMPLES, ""));
            state.consistency = Double.parseDouble(properties.getOrDefault(CONSISTENCY, "0"));
            state.consistentSamples =
                    Long.parseLong(properties.getOrDefault(CONSISTENT_SAMPLES, "0"));
            state.bestEpoch = Integer.parseInt(properties.getOrDefault(BEST_EPOCH, ""));
            state.bestRate = Double.parseDouble(properties.getOrDefault(BEST_RATE, ""));
            state.bestLoss = Double.parseDouble(properties.getOrDefault(BEST_LOSS, ""));
        } catch (NumberFormatException e) {
            throw new IOException("the checkpoint is not of this program: " + properties, e);
        }
        return state;
    }

    Map<String, String> properties() {
        Map<String, String> properties = new HashMap<>();
        properties.put(SAMPLES, Long.toString(samples));
        if (consistentSamples > 0) {
            properties.put(CONSISTENCY, Double.toString(consistency));
            properties.put(CONSISTENT_SAMPLES, Long.toString(consistentSamples));
        }
        properties.put(BEST_EPOCH, Integer.toString(bestEpoch));
        properties.put(BEST_RATE, Double.toString(bestRate));
        properties.put(BEST_LOSS, Double.toString(bestLoss));
        return properties;
    }

    /** The epochs and batches that are done. */
    TrainingPosition position() {
        return new TrainingPosition(epoch, batches);
    }

    /** Counts a batch. */
    void addBatch(int size) {
        batches++;
        samples += size;
    }

    /** Counts the mean consistency of a batch. */
    void addConsistency(double mean, int size) {
        consistency += mean * size;
        consistentSamples += size;
    }

    /** The mean consistency of the epoch so far; null if no batch had one. */
    Double consistency() {
        return consistentSamples == 0 ? null : consistency / consistentSamples;
    }

    /** The samples of the epoch that are done. */
    long samples() {
        return samples;
    }

    /**
     * Ends the epoch; returns whether it is the best: lower mean error rate, or lower loss among
     * equals.
     */
    boolean endEpoch(Evaluation evaluation) {
        epoch++;
        batches = 0;
        samples = 0;
        consistency = 0;
        consistentSamples = 0;
        boolean improved = isImprovement(evaluation);
        if (improved) {
            bestEpoch = epoch;
            bestRate = evaluation.meanErrorRate();
            bestLoss = evaluation.loss();
        }
        return improved;
    }

    /** Tells whether these errors are fewer than those of the best epoch. */
    boolean isImprovement(Evaluation evaluation) {
        int order = Double.compare(evaluation.meanErrorRate(), bestRate);
        return bestEpoch == 0
                || order < 0
                || (order == 0 && Double.compare(evaluation.loss(), bestLoss) < 0);
    }

    boolean isFinished(TrainingOptions options) {
        return epoch >= options.epochs() || epoch - bestEpoch >= options.patience();
    }
}
