package io.github.djlctc.decode;

import io.github.djlctc.emission.TokenSpan;
import io.github.djlctc.emission.WordSpan;

import java.util.Collection;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * How much of what was decoded a language model knows. A model that knows little of it scores
 * unknown words and nothing else, so that it changes texts without a reason.
 *
 * @param unit what was counted: words, or tokens with a text
 * @param decoded the number of words or tokens that were decoded
 * @param known how many of them the model knows
 * @param hasUndividedTexts whether each text counts as one word, since the script is written
 *     without spaces and there is no lexicon
 */
public record LanguageModelCoverage(
        LanguageModelUnit unit, long decoded, long known, boolean hasUndividedTexts) {

    private static final double ENOUGH = 0.5;

    /**
     * Checks that nothing is null.
     *
     * @param unit what was counted: words, or tokens with a text
     * @param decoded the number of words or tokens that were decoded
     * @param known how many of them the model knows
     * @param hasUndividedTexts whether each text counts as one word, since the script is written
     *     without spaces and there is no lexicon
     */
    public LanguageModelCoverage {
        Objects.requireNonNull(unit, "unit");
    }

    static LanguageModelCoverage ofWords(
            VocabularyModel vocabulary,
            int unknownWord,
            Collection<Hypothesis> hypotheses,
            boolean hasUndividedTexts) {
        long words = 0;
        long known = 0;
        for (Hypothesis hypothesis : hypotheses) {
            for (WordSpan word : hypothesis.words()) {
                words++;
                known += vocabulary.isKnown(word.word(), unknownWord) ? 1 : 0;
            }
        }
        return new LanguageModelCoverage(LanguageModelUnit.WORD, words, known, hasUndividedTexts);
    }

    /** Takes the language model's id of each token. */
    static LanguageModelCoverage ofTokens(
            int[] languageModelIds,
            int unknownWord,
            TokenTexts texts,
            Collection<Hypothesis> hypotheses) {
        long tokens = 0;
        long known = 0;
        for (Hypothesis hypothesis : hypotheses) {
            for (TokenSpan token : hypothesis.tokens()) {
                if (texts.isWithinWord(token.id())) {
                    tokens++;
                    known += languageModelIds[token.id()] == unknownWord ? 0 : 1;
                }
            }
        }
        return new LanguageModelCoverage(LanguageModelUnit.TOKEN, tokens, known, false);
    }

    /**
     * Adds what the same decoder found in other samples.
     *
     * @param other how much of it the model knows
     * @return the numbers of both together
     * @throws IllegalArgumentException if it counts something else
     */
    public LanguageModelCoverage plus(LanguageModelCoverage other) {
        Objects.requireNonNull(other, "other");
        if (other.unit != unit || other.hasUndividedTexts != hasUndividedTexts) {
            throw new IllegalArgumentException(
                    "the coverages " + this + " and " + other + " are of different decoders");
        }
        return new LanguageModelCoverage(
                unit, decoded + other.decoded, known + other.known, hasUndividedTexts);
    }

    /**
     * Returns the share that the model knows.
     *
     * @return from 0 to 1; NaN if nothing was decoded
     */
    public double share() {
        return (double) known / decoded;
    }

    /**
     * Describes, if the model knows less than half of what was decoded, how much it knows and what
     * the cause may be.
     *
     * @return a sentence without a full stop; nothing if the model knows enough
     */
    public Optional<String> problem() {
        if (decoded == 0 || share() >= ENOUGH) {
            return Optional.empty();
        }
        String cause =
                hasUndividedTexts
                        ? "nothing separates words here, so each text counts as one, unless a"
                                + " lexicon divides it"
                        : "it may be of another language, spelling or letter case, or of tokens"
                                + " where words are expected";
        return Optional.of(
                String.format(
                        Locale.ROOT,
                        "the language model knows %,d of the %,d decoded %ss (%.1f %%); %s",
                        known,
                        decoded,
                        unit.name().toLowerCase(Locale.ROOT),
                        100 * share(),
                        cause));
    }
}
