package io.github.djlctc.evaluator;

import io.github.djlctc.metric.ErrorCounts;
import io.github.djlctc.metric.ErrorRates;
import io.github.djlctc.text.Alphabet;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The word error rate (WER) of greedy decoding, as a DJL evaluator: (substitutions + deletions +
 * insertions) / words of the references, over all samples together.
 *
 * <p>If the alphabet {@linkplain Alphabet#joinsWords() joins words}, as most alphabets of Chinese,
 * Japanese and Thai do, errors are counted in characters: WER is CER then, and a warning says so.
 *
 * <p>Labels and predictions are those of {@code CTCLoss}, batch-major. Every update decodes the
 * batch.
 */
public final class WordErrorRate extends ErrorRateEvaluator {

    private static final Logger LOGGER = LoggerFactory.getLogger(WordErrorRate.class);

    private final boolean joinsWords;

    /**
     * Creates the evaluator, named "WER".
     *
     * @param alphabet the classes of the model
     */
    public WordErrorRate(Alphabet alphabet) {
        super("WER", alphabet);
        joinsWords = alphabet.joinsWords();
        if (joinsWords) {
            LOGGER.warn(
                    "nothing separates words in the alphabet, so the word error rate counts characters");
        }
    }

    @Override
    ErrorCounts count(String reference, String hypothesis) {
        return joinsWords
                ? ErrorRates.characters(reference, hypothesis)
                : ErrorRates.words(reference, hypothesis);
    }
}
