package io.github.djlctc.decode;

import io.github.djlctc.emission.TokenSpan;
import io.github.djlctc.emission.WordSpan;
import io.github.djlctc.text.Alphabet;

import java.util.ArrayList;
import java.util.List;

/** Finds the spans of a phrase in a hypothesis; occurrences may overlap. */
final class HotwordOccurrences {

    private HotwordOccurrences() {}

    /** Returns the words of each occurrence of a phrase of whole words. */
    static List<List<WordSpan>> ofWords(String phrase, Hypothesis hypothesis) {
        List<WordSpan> words = hypothesis.words();
        List<String> wanted = List.of(HotwordSet.words(phrase));
        List<String> recognised = words.stream().map(WordSpan::word).toList();
        List<List<WordSpan>> occurrences = new ArrayList<>();
        for (int i = 0; i + wanted.size() <= words.size(); i++) {
            int end = i + wanted.size();
            if (recognised.subList(i, end).equals(wanted)) {
                occurrences.add(List.copyOf(words.subList(i, end)));
            }
        }
        return occurrences;
    }

    /**
     * Returns a single span for each occurrence of a phrase anywhere in the text: the phrase, at
     * the frames of the tokens that spell it.
     */
    static List<List<WordSpan>> ofCharacters(
            String phrase, Hypothesis hypothesis, Alphabet alphabet) {
        String text = hypothesis.text();
        int[] tokens = tokensOfCharacters(hypothesis, alphabet);
        List<List<WordSpan>> occurrences = new ArrayList<>();
        for (int at = text.indexOf(phrase); at >= 0; at = text.indexOf(phrase, at + 1)) {
            int end = tokens[at + phrase.length() - 1] + 1;
            List<TokenSpan> spelling = hypothesis.tokens().subList(tokens[at], end);
            // Joined words are one span, of tokens that may begin or end outside the phrase.
            WordSpan span = WordSpan.group(alphabet, spelling).get(0);
            occurrences.add(
                    List.of(
                            new WordSpan(
                                    phrase,
                                    span.startFrame(),
                                    span.endFrame(),
                                    span.logProbability(),
                                    span.confidence())));
        }
        return occurrences;
    }

    /** Returns for each {@code char} of the text the index of the token that it belongs to. */
    private static int[] tokensOfCharacters(Hypothesis hypothesis, Alphabet alphabet) {
        int[] tokens = new int[hypothesis.text().length()];
        int length = 0;
        for (int i = 0; i < hypothesis.tokens().size(); i++) {
            int end = length + alphabet.text(hypothesis.tokens().get(i).id()).length();
            while (length < end) {
                tokens[length++] = i;
            }
        }
        return tokens;
    }
}
