package io.github.djlctc.evaluator;

import io.github.djlctc.metric.ErrorCounts;
import io.github.djlctc.metric.ErrorRates;
import io.github.djlctc.text.Alphabet;

/**
 * The word error rate (WER) of greedy decoding, as a DJL evaluator: (substitutions + deletions +
 * insertions) / words of the references, over all samples together.
 *
 * <p>Labels and predictions are those of {@code CTCLoss}, batch-major. Every update decodes the
 * batch.
 */
public final class WordErrorRate extends ErrorRateEvaluator {

    /**
     * Creates the evaluator, named "WER".
     *
     * @param alphabet the classes of the model
     */
    public WordErrorRate(Alphabet alphabet) {
        super("WER", alphabet);
    }

    @Override
    ErrorCounts count(String reference, String hypothesis) {
        return ErrorRates.words(reference, hypothesis);
    }
}
