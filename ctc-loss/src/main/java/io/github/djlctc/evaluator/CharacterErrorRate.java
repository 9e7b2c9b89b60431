package io.github.djlctc.evaluator;

import io.github.djlctc.metric.ErrorCounts;
import io.github.djlctc.metric.ErrorRates;
import io.github.djlctc.text.Alphabet;

/**
 * The character error rate (CER) of greedy decoding, as a DJL evaluator: (substitutions + deletions
 * + insertions) / characters of the references, over all samples together. Spaces count as
 * characters.
 *
 * <p>Labels and predictions are those of {@code CTCLoss}, batch-major. Every update decodes the
 * batch.
 */
public final class CharacterErrorRate extends ErrorRateEvaluator {

    /**
     * Creates the evaluator, named "CER".
     *
     * @param alphabet the classes of the model
     */
    public CharacterErrorRate(Alphabet alphabet) {
        super("CER", alphabet);
    }

    @Override
    ErrorCounts count(String reference, String hypothesis) {
        return ErrorRates.characters(reference, hypothesis);
    }
}
