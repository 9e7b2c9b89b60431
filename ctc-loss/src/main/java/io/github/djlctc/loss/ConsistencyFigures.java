package io.github.djlctc.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.training.evaluator.Evaluator;

import io.github.djlctc.batch.CTCBatch;

/** The metrics of {@link ConsistencyLoss#consistency()}. */
final class ConsistencyFigures extends Evaluator {

    private final LossSettings settings;
    private final LatestBatches latest = new LatestBatches();
    private final LossAccumulators accumulators = new LossAccumulators();

    ConsistencyFigures(LossSettings settings) {
        super("Consistency");
        this.settings = settings;
    }

    /**
     * Keeps the result of a batch.
     *
     * @param batch its values are the consistency, and the losses of the samples before infinite
     *     ones were dropped
     */
    void keep(EvaluatedBatch batch) {
        latest.keep(batch);
    }

    /** Takes a batch out of all means, those that have it and those that are about to get it. */
    void leaveOut(NDList labels, NDList predictions) {
        latest.leaveOut(labels, predictions).forEach(accumulators::leaveOut);
    }

    /** Returns the consistency of the batch that was evaluated last, NaN for any other. */
    @Override
    public NDArray evaluate(NDList labels, NDList predictions) {
        double value =
                latest.losses(labels, predictions).map(BatchLosses::reduced).orElse(Double.NaN);
        return predictions.head().getManager().create((float) value);
    }

    @Override
    public void addAccumulator(String key) {
        accumulators.add(key);
    }

    @Override
    public void updateAccumulator(String key, NDList labels, NDList predictions) {
        updateAccumulators(new String[] {key}, labels, predictions);
    }

    @Override
    public void updateAccumulators(String[] keys, NDList labels, NDList predictions) {
        latest.losses(labels, predictions).ifPresent(figures -> add(keys, figures));
    }

    private void add(String[] keys, BatchLosses figures) {
        CTCBatch batch = figures.batch();
        int utterances = batch.size() / 2;
        boolean isMean = settings.reduction() == Reduction.MEAN;
        double total = figures.reduced() * (isMean ? utterances : 1);
        int weight = isMean ? countedUtterances(figures, utterances) : 1;
        for (String key : keys) {
            accumulators.get(key).add(figures, total, weight);
        }
    }

    private int countedUtterances(BatchLosses figures, int utterances) {
        int counted = utterances;
        for (int n = 0; n < utterances; n++) {
            boolean infinite = figures.isInfinite(n) || figures.isInfinite(utterances + n);
            if (settings.dropsInfinite() && infinite) {
                counted--;
            }
        }
        return counted;
    }

    @Override
    public void resetAccumulator(String key) {
        accumulators.get(key);
        accumulators.add(key);
    }

    @Override
    public float getAccumulator(String key) {
        return (float) accumulators.get(key).mean();
    }
}
