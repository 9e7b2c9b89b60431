package io.github.djlctc.decode;

import io.github.djlctc.lm.Lexicon;
import io.github.djlctc.text.Alphabet;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The hotwords of a decoder, as its alphabet writes them, with weights that are bounded by the
 * length of the phrase. Hotwords that the alphabet cannot spell are kept for the report only.
 *
 * <p>Immutable.
 */
final class HotwordSet {

    /**
     * The greatest weight per character in an alphabet of letters. With more, hotwords are found
     * where nothing like them was said (figures in docs/guide/hotwords.md).
     */
    private static final double LETTER_BOUND = 1;

    /**
     * The greatest weight per character in a larger alphabet is this times the logarithm of the
     * number of characters, since one of many characters tells more.
     */
    private static final double BOUND_PER_LOG_SIZE = 0.3;

    private final List<Hotword> hotwords;
    private final Alphabet alphabet;
    private final boolean matchWholeWords;
    private final boolean lexiconSpells;
    private final double greatestWeightPerCharacter;

    /** The weight of each phrase that the alphabet can spell, as the alphabet writes it. */
    private final Map<String, Double> weights = new LinkedHashMap<>();

    /** Creates the set; the lexicon is null where there is none. */
    HotwordSet(List<Hotword> hotwords, Alphabet alphabet, Lexicon lexicon) {
        lexiconSpells = lexicon != null && !lexicon.spellings().isEmpty();
        this.hotwords = List.copyOf(hotwords);
        this.alphabet = alphabet;
        matchWholeWords = !alphabet.joinsWords();
        greatestWeightPerCharacter = greatestWeightPerCharacter(alphabet);
        for (Hotword hotword : hotwords) {
            if (canSpell(hotword)) {
                weights.merge(phrase(hotword), hotword.weight(), Double::sum);
            }
        }
        weights.replaceAll((phrase, weight) -> Math.min(weight, greatestWeight(phrase)));
    }

    private static double greatestWeightPerCharacter(Alphabet alphabet) {
        double characters =
                IntStream.range(0, alphabet.size())
                        .mapToObj(alphabet::text)
                        .flatMapToInt(String::codePoints)
                        .distinct()
                        .count();
        return Math.max(LETTER_BOUND, BOUND_PER_LOG_SIZE * Math.log(characters));
    }

    /** Returns all hotwords, in the order they were given. */
    List<Hotword> hotwords() {
        return hotwords;
    }

    /** Returns the alphabet that spells the hotwords. */
    Alphabet alphabet() {
        return alphabet;
    }

    /** Returns whether the lexicon has spellings, or the alphabet can spell a hotword. */
    boolean canSpell(Hotword hotword) {
        return lexiconSpells || alphabet.unknownCharacters(hotword.phrase()).isEmpty();
    }

    /** Returns the phrase of a hotword as the alphabet writes it. */
    String phrase(Hotword hotword) {
        return alphabet.normalize(hotword.phrase());
    }

    /** Returns the greatest weight that counts for a phrase, a natural logarithm. */
    double greatestWeight(String phrase) {
        return greatestWeightPerCharacter * phrase.codePointCount(0, phrase.length());
    }

    /**
     * Returns whether hotwords match whole words only. Where words are joined, hotwords match
     * anywhere in the text.
     */
    boolean matchWholeWords() {
        return matchWholeWords;
    }

    /** Returns whether a text holds a phrase. */
    boolean isIn(String text, String phrase) {
        return matchWholeWords
                ? (" " + text + " ").contains(pattern(phrase))
                : text.contains(phrase);
    }

    /** Returns the characters to find: those of the phrase, with the spaces around whole words. */
    private String pattern(String phrase) {
        return matchWholeWords ? " " + phrase + " " : phrase;
    }

    /** Returns the words of all hotwords that the alphabet can spell. */
    List<String> words() {
        return weights.keySet().stream().flatMap(phrase -> Stream.of(words(phrase))).toList();
    }

    /** Returns the words of a phrase. */
    static String[] words(String phrase) {
        return phrase.split(" ", -1);
    }

    /**
     * Returns the automaton that finds the hotwords, or null if nothing can spell one.
     *
     * @param vocabulary knows the spellings of words; null where there is none
     */
    HotwordAutomaton automaton(VocabularyModel vocabulary) {
        Map<String, Double> patterns = new LinkedHashMap<>();
        weights.forEach(
                (phrase, weight) ->
                        spellings(phrase, vocabulary)
                                .forEach(spelling -> patterns.put(pattern(spelling), weight)));
        return patterns.isEmpty() ? null : new HotwordAutomaton(patterns);
    }

    private static List<String> spellings(String phrase, VocabularyModel vocabulary) {
        return vocabulary == null ? List.of(phrase) : vocabulary.spellings(phrase);
    }
}
