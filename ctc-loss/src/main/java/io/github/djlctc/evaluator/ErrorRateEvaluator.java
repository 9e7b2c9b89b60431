package io.github.djlctc.evaluator;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.training.evaluator.Evaluator;

import io.github.djlctc.batch.CTCBatch;
import io.github.djlctc.batch.EmissionLayout;
import io.github.djlctc.decode.GreedyDecoder;
import io.github.djlctc.decode.Hypothesis;
import io.github.djlctc.metric.ErrorCounts;
import io.github.djlctc.text.Alphabet;
import io.github.djlctc.translate.GreedyBatchDecoder;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Decodes a batch greedily and counts the errors against its targets. */
abstract class ErrorRateEvaluator extends Evaluator {

    private static final long PADDING_LABEL = -1;

    private final Alphabet alphabet;
    private final GreedyBatchDecoder decoder;
    private final Map<String, ErrorCounts> accumulators = new ConcurrentHashMap<>();

    ErrorRateEvaluator(String name, Alphabet alphabet) {
        super(name);
        this.alphabet = alphabet;
        decoder = new GreedyBatchDecoder(new GreedyDecoder(alphabet));
    }

    abstract ErrorCounts count(String reference, String hypothesis);

    private ErrorCounts[] counts(NDList labels, NDList predictions) {
        // In training, the logits of intermediate heads follow.
        NDList output = predictions.subNDList(0, Math.min(2, predictions.size()));
        CTCBatch batch = CTCBatch.read(labels, output, EmissionLayout.BATCH_MAJOR, PADDING_LABEL);
        batch.checkTargets(alphabet.blank());
        NDArray lengths = output.size() > 1 ? output.get(1) : null;
        List<Hypothesis> hypotheses = decoder.decodeBatch(output.head(), lengths);
        ErrorCounts[] counts = new ErrorCounts[batch.size()];
        for (int n = 0; n < counts.length; n++) {
            counts[n] = count(text(batch.target(n)), hypotheses.get(n).text());
        }
        return counts;
    }

    private String text(long[] target) {
        int[] ids = new int[target.length];
        for (int s = 0; s < ids.length; s++) {
            ids[s] = (int) target[s];
        }
        return alphabet.decode(ids);
    }

    /**
     * Computes the error rate of every sample.
     *
     * @param labels {@code [targets (N,S)]} or {@code [targets, targetLengths (N)]}, as for {@code
     *     CTCLoss}
     * @param predictions {@code [logits (N,T,C)]} or {@code [logits, inputLengths (N)]}; arrays
     *     after these are passed over
     * @return the rates (N) float32, attached to the manager of the logits
     * @throws io.github.djlctc.batch.CTCInputException if the batch cannot be used
     * @throws IllegalArgumentException if the alphabet does not have C classes
     */
    @Override
    public NDArray evaluate(NDList labels, NDList predictions) {
        ErrorCounts[] counts = counts(labels, predictions);
        float[] rates = new float[counts.length];
        for (int n = 0; n < rates.length; n++) {
            rates[n] = (float) counts[n].rate();
        }
        return predictions.head().getManager().create(rates);
    }

    /** {@inheritDoc} */
    @Override
    public void addAccumulator(String key) {
        accumulators.put(key, ErrorCounts.ZERO);
    }

    /** {@inheritDoc} */
    @Override
    public void updateAccumulator(String key, NDList labels, NDList predictions) {
        updateAccumulators(new String[] {key}, labels, predictions);
    }

    /** {@inheritDoc} */
    @Override
    public void updateAccumulators(String[] keys, NDList labels, NDList predictions) {
        ErrorCounts sum = ErrorCounts.ZERO;
        for (ErrorCounts counts : counts(labels, predictions)) {
            sum = sum.plus(counts);
        }
        for (String key : keys) {
            counts(key);
            accumulators.merge(key, sum, ErrorCounts::plus);
        }
    }

    /** {@inheritDoc} */
    @Override
    public void resetAccumulator(String key) {
        counts(key);
        accumulators.put(key, ErrorCounts.ZERO);
    }

    /**
     * Returns the error rate of all samples of an accumulator together.
     *
     * @param key the accumulator
     * @return all errors over all units of the references
     * @throws IllegalArgumentException if the accumulator was not added before
     */
    @Override
    public float getAccumulator(String key) {
        return (float) counts(key).rate();
    }

    /**
     * Returns the errors that an accumulator has counted.
     *
     * @param key the accumulator
     * @return substitutions, deletions and insertions
     * @throws IllegalArgumentException if the accumulator was not added before
     */
    public ErrorCounts counts(String key) {
        ErrorCounts counts = accumulators.get(key);
        if (counts == null) {
            throw new IllegalArgumentException(
                    "no accumulator " + key + "; add it with addAccumulator first");
        }
        return counts;
    }
}
