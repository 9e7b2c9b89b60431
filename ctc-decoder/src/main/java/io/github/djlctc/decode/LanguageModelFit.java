package io.github.djlctc.decode;

import io.github.djlctc.lm.LanguageModel;
import io.github.djlctc.text.Alphabet;
import io.github.djlctc.text.LetterCase;
import io.github.djlctc.text.SubwordStyle;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Tells whether a language model and a CTC model have the same words or tokens. If they do not,
 * decoding works, but every word is unknown to the language model.
 *
 * @param unit the assumed unit of the language model's entries
 * @param entries with {@link LanguageModelUnit#WORD} the number of words of the language model,
 *     with {@link LanguageModelUnit#TOKEN} the number of tokens of the alphabet that have a text
 * @param usable the number of these words that the alphabet can spell, or of these tokens that the
 *     language model knows
 * @param misfit the likely cause if fewer than half of the entries are usable, or if tokens are
 *     taken for words or words for tokens, else empty; a language model of tokens may know few of a
 *     large alphabet
 */
public record LanguageModelFit(
        LanguageModelUnit unit, int entries, int usable, Optional<LanguageModelMisfit> misfit) {

    private static final double ENOUGH = 0.5;
    private static final double NEARLY_ALL = 0.95;

    /** In a model of characters, the only mark may be the one that stands for spaces. */
    private static final double SOME = 0.01;

    /** NeMo writes the token with the id n as the character with this code point plus n. */
    private static final int FIRST_OFFSET_ID = 100;

    /**
     * Checks that nothing is null.
     *
     * @param unit the assumed unit of the language model's entries
     * @param entries with {@link LanguageModelUnit#WORD} the number of words of the language model,
     *     with {@link LanguageModelUnit#TOKEN} the number of tokens of the alphabet that have a
     *     text
     * @param usable the number of these words that the alphabet can spell, or of these tokens that
     *     the language model knows
     * @param misfit the likely cause if fewer than half of the entries are usable, or if tokens are
     *     taken for words or words for tokens, else empty
     */
    public LanguageModelFit {
        Objects.requireNonNull(unit, "unit");
        Objects.requireNonNull(misfit, "misfit");
    }

    /**
     * Compares a language model with an alphabet.
     *
     * @param model the language model
     * @param unit the assumed unit of its entries
     * @param alphabet the classes of the CTC model
     * @return how well they fit
     */
    public static LanguageModelFit of(
            LanguageModel model, LanguageModelUnit unit, Alphabet alphabet) {
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(unit, "unit");
        Objects.requireNonNull(alphabet, "alphabet");
        List<String> words = model.words();
        List<String> tokens = tokensWithText(alphabet);
        int entries = unit == LanguageModelUnit.WORD ? words.size() : tokens.size();
        if (SubwordStyle.of(alphabet.tokens()) != SubwordStyle.NONE
                && hasOffsetIds(words, alphabet)) {
            // Some of these characters may be letters of the alphabet too.
            return new LanguageModelFit(
                    unit, entries, 0, Optional.of(LanguageModelMisfit.HAS_OFFSET_IDS));
        }
        Set<String> known = new HashSet<>(words);
        int tokensKnown = count(tokens, known::contains);
        int spelled = count(words, word -> canSpell(alphabet, word));
        int usable = unit == LanguageModelUnit.WORD ? spelled : tokensKnown;
        boolean isOfOtherUnit = unit != unitOf(model, alphabet);
        // A text of some pages has a few hundred of the thousands of characters of a Chinese model.
        boolean mayKnowFew = unit == LanguageModelUnit.TOKEN && !isOfOtherUnit && usable > 0;
        Optional<LanguageModelMisfit> misfit = Optional.empty();
        if ((usable < ENOUGH * entries || entries == 0) && !mayKnowFew) {
            misfit = Optional.of(cause(words, unit, alphabet, spelled));
        } else if (hasOtherSubwords(words, alphabet)) {
            // Those that go on with a word have no mark, and seem usable.
            misfit = Optional.of(LanguageModelMisfit.HAS_OTHER_SUBWORDS);
        } else if (isOfOtherUnit) {
            // Single letters are often words too, so that most of the entries seem usable.
            misfit =
                    Optional.of(
                            unit == LanguageModelUnit.WORD
                                    ? LanguageModelMisfit.HAS_TOKENS
                                    : LanguageModelMisfit.HAS_WORDS);
        }
        return new LanguageModelFit(unit, entries, usable, misfit);
    }

    private static boolean hasOtherSubwords(List<String> words, Alphabet alphabet) {
        int marked = count(words, word -> isMarked(word) && alphabet.indexOf(word).isEmpty());
        return marked > 0 && marked >= SOME * words.size();
    }

    private static boolean isMarked(String word) {
        return SubwordStyle.of(List.of(word)) != SubwordStyle.NONE;
    }

    /** Returns whether entries are characters that can stand for token ids. */
    private static boolean hasOffsetIds(List<String> words, Alphabet alphabet) {
        int limit = FIRST_OFFSET_ID + alphabet.size();
        return isNearlyAll(words, word -> isCharacterIn(word, FIRST_OFFSET_ID, limit));
    }

    /**
     * Chooses the unit of a language model: tokens if most of its entries are tokens of the
     * alphabet, as in a model of characters, else words.
     *
     * @param model the language model
     * @param alphabet the classes of the CTC model
     * @return the unit that fits best
     */
    public static LanguageModelUnit unitOf(LanguageModel model, Alphabet alphabet) {
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(alphabet, "alphabet");
        List<String> words = model.words();
        int tokens = count(words, word -> alphabet.indexOf(word).isPresent());
        return tokens > ENOUGH * words.size() ? LanguageModelUnit.TOKEN : LanguageModelUnit.WORD;
    }

    /**
     * Describes the misfit in a sentence with its figures.
     *
     * @return the sentence, without a full stop; empty if the models fit
     */
    public Optional<String> problem() {
        String figures =
                unit == LanguageModelUnit.WORD
                        ? "the alphabet can spell "
                                + usable
                                + " of the "
                                + entries
                                + " words of the language model"
                        : "the language model knows "
                                + usable
                                + " of the "
                                + entries
                                + " tokens of the alphabet";
        return misfit.map(cause -> figures + "; " + explanation(cause));
    }

    private static String explanation(LanguageModelMisfit cause) {
        return switch (cause) {
            case NEEDS_UPPER_CASE -> "in upper case it could spell them";
            case NEEDS_LOWER_CASE -> "in lower case it could spell them";
            case HAS_TOKENS -> "its entries are tokens of the CTC model, not words";
            case HAS_OTHER_SUBWORDS ->
                    "its entries are subwords, with the marks \u2581 or ##, which are no tokens of the"
                            + " CTC model; make it of words, or of this model's tokens";
            case HAS_WORDS -> "its entries are words, not tokens";
            case HAS_OFFSET_IDS ->
                    "its entries are characters that stand for token ids, as NeMo's scripts write"
                            + " them; make it of the tokens themselves";
            case HAS_OTHER_CHARACTERS ->
                    "it is of another language or script, or its words are spelled otherwise";
        };
    }

    private static LanguageModelMisfit cause(
            List<String> words, LanguageModelUnit unit, Alphabet alphabet, int spelled) {
        if (hasOffsetIds(words, alphabet)) {
            return LanguageModelMisfit.HAS_OFFSET_IDS;
        }
        if (hasOtherSubwords(words, alphabet)) {
            return LanguageModelMisfit.HAS_OTHER_SUBWORDS;
        }
        if (unit == LanguageModelUnit.TOKEN) {
            return spelled >= ENOUGH * words.size()
                    ? LanguageModelMisfit.HAS_WORDS
                    : LanguageModelMisfit.HAS_OTHER_CHARACTERS;
        }
        if (isMost(words, word -> isToken(alphabet, word))) {
            return LanguageModelMisfit.HAS_TOKENS;
        }
        if (isMost(words, withCase(alphabet, LetterCase.UPPER))) {
            return LanguageModelMisfit.NEEDS_UPPER_CASE;
        }
        if (isMost(words, withCase(alphabet, LetterCase.LOWER))) {
            return LanguageModelMisfit.NEEDS_LOWER_CASE;
        }
        return LanguageModelMisfit.HAS_OTHER_CHARACTERS;
    }

    private static Predicate<String> withCase(Alphabet alphabet, LetterCase letterCase) {
        Alphabet changed = alphabet.toBuilder().optLetterCase(letterCase).build();
        return word -> canSpell(changed, word);
    }

    private static boolean canSpell(Alphabet alphabet, String word) {
        return alphabet.unknownCharacters(word).isEmpty();
    }

    private static boolean isToken(Alphabet alphabet, String word) {
        return isMarked(word) || alphabet.indexOf(word).isPresent();
    }

    private static boolean isCharacterIn(String word, int from, int to) {
        int first = word.codePointAt(0);
        return Character.charCount(first) == word.length() && first >= from && first < to;
    }

    private static boolean isMost(List<String> words, Predicate<String> property) {
        return !words.isEmpty() && count(words, property) >= ENOUGH * words.size();
    }

    private static boolean isNearlyAll(List<String> words, Predicate<String> property) {
        return !words.isEmpty() && count(words, property) >= NEARLY_ALL * words.size();
    }

    private static int count(List<String> texts, Predicate<String> property) {
        return (int) texts.stream().filter(property).count();
    }

    private static List<String> tokensWithText(Alphabet alphabet) {
        return alphabet.tokens().stream()
                .filter(token -> !alphabet.text(alphabet.indexOf(token).getAsInt()).isBlank())
                .toList();
    }
}
