package io.github.djlctc.decode;

import io.github.djlctc.emission.TokenSpan;
import io.github.djlctc.emission.WordSpan;
import io.github.djlctc.text.Alphabet;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Builds hypotheses from the final prefixes of a search. */
final class HypothesisBuilder {

    private static final Comparator<FinalPrefix> BEST_FIRST =
            Comparator.comparingDouble(FinalPrefix::score)
                    .reversed()
                    .thenComparingInt(FinalPrefix::node);

    private final Alphabet alphabet;
    private final TokenTexts texts;
    private final PrefixTree tree;
    private final AlignmentHistory history;
    private final List<FinalPrefix> prefixes;
    private final BeamPosteriors posteriors;

    /**
     * Ends a search and takes its prefixes.
     *
     * @param compared how many of those with the greatest scores are ranked by their expected
     *     errors, before the others; 1 for none
     */
    HypothesisBuilder(Alphabet alphabet, TokenTexts texts, BeamSearch search, int compared) {
        this.alphabet = alphabet;
        this.texts = texts;
        tree = search.tree();
        history = search.history();
        Collection<FinalPrefix> found = search.finish();
        List<FinalPrefix> byScore =
                (texts.areSingleCharacters() ? found : joinedByText(found))
                        .stream().sorted(BEST_FIRST).toList();
        prefixes = compared == 1 ? byScore : byExpectedErrors(byScore, compared);
        posteriors = new BeamPosteriors(texts, search, prefixes);
    }

    private Collection<FinalPrefix> joinedByText(Collection<FinalPrefix> found) {
        Map<String, FinalPrefix> byText = new LinkedHashMap<>();
        found.stream()
                .sorted(BEST_FIRST)
                .forEach(p -> byText.merge(text(texts, tree, p.node()), p, FinalPrefix::and));
        return byText.values();
    }

    private List<FinalPrefix> byExpectedErrors(List<FinalPrefix> byScore, int compared) {
        List<FinalPrefix> best = byScore.subList(0, Math.min(compared, byScore.size()));
        MinimumBayesRisk risk =
                new MinimumBayesRisk(
                        best.stream().map(p -> unitsOfErrors(p.node())).toList(),
                        best.stream().mapToDouble(FinalPrefix::score).toArray());
        List<FinalPrefix> ranked = new ArrayList<>(byScore);
        List<Integer> ranking = risk.ranking();
        for (int i = 0; i < ranking.size(); i++) {
            ranked.set(i, byScore.get(ranking.get(i)));
        }
        return ranked;
    }

    /** Returns the words of a text, or its characters where it is not divided into words. */
    private List<String> unitsOfErrors(int node) {
        List<String> words = words(texts, tree, node);
        return texts.joinWords()
                ? words.stream()
                        .flatMapToInt(String::codePoints)
                        .mapToObj(Character::toString)
                        .toList()
                : words;
    }

    /** Returns the best hypotheses, best first. */
    List<Hypothesis> nBest(int count) {
        List<Hypothesis> nBest = new ArrayList<>();
        for (int i = 0; i < Math.min(count, prefixes.size()); i++) {
            nBest.add(hypothesis(i));
        }
        return nBest;
    }

    /** Returns the texts of the whole beam, best first. */
    List<String> texts() {
        return prefixes.stream().map(p -> text(texts, tree, p.node())).toList();
    }

    private Hypothesis hypothesis(int index) {
        FinalPrefix prefix = prefixes.get(index);
        List<TokenSpan> plain = tokens(prefix);
        List<WordSpan> words = words(plain, posteriors.ofWords(index));
        String text = words.stream().map(WordSpan::word).collect(Collectors.joining(" "));
        return new Hypothesis(
                text,
                withConfidence(plain, posteriors.ofTokens(index)),
                words,
                prefix.score(),
                prefix.acousticScore(),
                prefix.languageModelScore());
    }

    private List<TokenSpan> tokens(FinalPrefix prefix) {
        List<TokenSpan> tokens = new ArrayList<>();
        int record = prefix.record();
        for (int n = prefix.node(); n != PrefixTree.ROOT; n = tree.parent(n)) {
            int id = tree.token(n);
            tokens.add(
                    new TokenSpan(
                            id,
                            alphabet.token(id),
                            history.start(record),
                            history.end(record),
                            Math.log(history.peak(record))));
            record = history.previous(record);
        }
        Collections.reverse(tokens);
        return tokens;
    }

    private static List<TokenSpan> withConfidence(List<TokenSpan> tokens, double[] posteriors) {
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

    private List<WordSpan> words(List<TokenSpan> tokens, double[] posteriors) {
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

    /** Returns the result so far of a search that goes on. */
    static PartialResult partialResult(TokenTexts texts, BeamSearch search) {
        PrefixTree tree = search.tree();
        int common = search.commonNode();
        String stable = text(texts, tree, common);
        if (!texts.joinWords() && tree.isInWord(common)) {
            // The last word may go on.
            stable = stable.substring(0, Math.max(0, stable.lastIndexOf(' ')));
        }
        return new PartialResult(stable, text(texts, tree, search.bestNode()));
    }

    private static String text(TokenTexts texts, PrefixTree tree, int node) {
        return String.join(" ", words(texts, tree, node));
    }

    private static List<String> words(TokenTexts texts, PrefixTree tree, int node) {
        int length = tree.length(node);
        int[] ids = new int[length];
        for (int n = node; n != PrefixTree.ROOT; n = tree.parent(n)) {
            ids[--length] = tree.token(n);
        }
        return texts.words(ids);
    }
}
