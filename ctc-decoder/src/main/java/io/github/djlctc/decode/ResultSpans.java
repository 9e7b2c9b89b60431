package io.github.djlctc.decode;

import io.github.djlctc.emission.TokenSpan;
import io.github.djlctc.emission.WordSpan;
import io.github.djlctc.text.Alphabet;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Makes the tokens and words of a result, with their confidence. */
final class ResultSpans {

    private final Alphabet alphabet;
    private final TokenTexts texts;

    ResultSpans(Alphabet alphabet, TokenTexts texts) {
        this.alphabet = alphabet;
        this.texts = texts;
    }

    /** Returns a token with the confidence that the emissions alone give it. */
    TokenSpan token(int id, int start, int end, double peak) {
        return new TokenSpan(id, alphabet.token(id), start, end, Math.log(peak));
    }

    /** Takes the posterior probability of each token into its confidence. */
    List<TokenSpan> withConfidence(List<TokenSpan> tokens, double[] posteriors) {
        List<TokenSpan> confident = new ArrayList<>(posteriors.length);
        for (int i = 0; i < posteriors.length; i++) {
            TokenSpan token = tokens.get(i);
            confident.add(
                    new TokenSpan(
                            token.id(),
                            token.token(),
                            token.startFrame(),
                            token.endFrame(),
                            token.logProbability(),
                            posteriors[i] * Math.sqrt(token.confidence())));
        }
        return confident;
    }

    /**
     * Joins tokens to words.
     *
     * @param posteriors of each word
     */
    List<WordSpan> words(List<TokenSpan> tokens, double[] posteriors) {
        List<WordSpan> plain = WordSpan.group(alphabet, tokens);
        List<String> written = texts.words(tokens.stream().mapToInt(TokenSpan::id).toArray());
        List<WordSpan> words = new ArrayList<>(posteriors.length);
        for (int i = 0; i < posteriors.length; i++) {
            WordSpan word = plain.get(i);
            words.add(
                    new WordSpan(
                            written.get(i),
                            word.startFrame(),
                            word.endFrame(),
                            word.logProbability(),
                            posteriors[i] * Math.sqrt(word.confidence())));
        }
        return words;
    }

    /**
     * Returns the part of a text that nothing changes any more, tokens as {@link #token} has them.
     */
    StableText stable(List<TokenSpan> tokens) {
        List<WordSpan> words = words(tokens, ones(WordSpan.group(alphabet, tokens).size()));
        return new StableText(text(words), withConfidence(tokens, ones(tokens.size())), words);
    }

    private static double[] ones(int count) {
        double[] ones = new double[count];
        Arrays.fill(ones, 1);
        return ones;
    }

    static String text(List<WordSpan> words) {
        return words.stream().map(WordSpan::word).collect(Collectors.joining(" "));
    }
}
