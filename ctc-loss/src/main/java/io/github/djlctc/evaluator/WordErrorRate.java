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
 * <p>If the alphabet does not {@linkplain Alphabet#separatesWords() separate words}, as in most
 * alphabets of Chinese, Japanese and Thai, errors are counted in characters: WER is CER then, and a
 * warning says so.
 *
 * <p>Labels and predictions are those of {@code CTCLoss}, batch-major. Every update decodes the
 * batch.
 */
public final class WordErrorRate extends ErrorRateEvaluator {

    private static final Logger LOGGER = LoggerFactory.getLogger(WordErrorRate.class);

    private final boolean separatesWords;

    /**
     * Creates the evaluator, named "WER".
     *
     * @param alphabet the classes of the model
     */
    public WordErrorRate(Alphabet alphabet) {
        super("WER", alphabet);
        separatesWords = alphabet.separatesWords();
        if (!separatesWords) {
            LOGGER.warn(
                    "the alphabet does not separate words, so the word error rate counts characters");
        }
    }

    @Override
    ErrorCounts count(String reference, String hypothesis) {
        return separatesWords
                ? ErrorRates.words(reference, hypothesis)
                : ErrorRates.characters(reference, hypothesis);
    }
}
