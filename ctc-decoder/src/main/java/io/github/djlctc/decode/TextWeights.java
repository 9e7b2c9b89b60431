package io.github.djlctc.decode;

import io.github.djlctc.lm.LanguageModel;

/**
 * What a text adds to the score of a hypothesis, in natural logarithms.
 *
 * @param languageModel the model, or null
 * @param unit what the words of the model are
 * @param alpha the factor of the model's logarithms
 * @param beta what each word adds
 * @param gamma what each character of a word adds
 * @param emptyWordScore what a separator adds that separates nothing
 * @param unknownWordScore what each word adds that is not known
 * @param scoresSentenceEnd whether the model scores the end of the text
 */
record TextWeights(
        LanguageModel languageModel,
        LanguageModelUnit unit,
        double alpha,
        double beta,
        double gamma,
        double emptyWordScore,
        double unknownWordScore,
        boolean scoresSentenceEnd) {

    /** More than this, for one word or token, would leave the range of a search's numbers. */
    static final double GREATEST_SCORE = 500;
}
