package io.github.djlctc.decode;

import io.github.djlctc.emission.TokenSpan;
import io.github.djlctc.emission.WordSpan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Builds hypotheses from the final prefixes of a search. */
final class HypothesisBuilder {

    private static final Comparator<FinalPrefix> BEST_FIRST =
            Comparator.comparingDouble(FinalPrefix::score)
                    .reversed()
                    .thenComparingInt(FinalPrefix::node);

    private final TokenTexts texts;
    private final ResultSpans spans;
    private final StablePath stable;
    private final List<FinalPrefix> prefixes;
    private final BeamPosteriors posteriors;

    /**
     * Ends a search and takes its prefixes.
     *
     * @param compared how many of those with the greatest scores are ranked by their expected
     *     errors, before the others; 1 for none
     */
    HypothesisBuilder(TokenTexts texts, ResultSpans spans, BeamSearch search, int compared) {
        this.texts = texts;
        this.spans = spans;
        search.settle();
        stable = search.stable();
        Collection<FinalPrefix> found = search.finish();
        List<FinalPrefix> byScore =
                (texts.areSingleCharacters() ? found : joinedByText(found))
                        .stream().sorted(BEST_FIRST).toList();
        prefixes = compared == 1 ? byScore : byExpectedErrors(byScore, compared);
        posteriors = new BeamPosteriors(texts, stable, prefixes);
    }

    private Collection<FinalPrefix> joinedByText(Collection<FinalPrefix> found) {
        Map<String, FinalPrefix> byText = new LinkedHashMap<>();
        found.stream()
                .sorted(BEST_FIRST)
                .forEach(p -> byText.merge(textAfterCut(p), p, FinalPrefix::and));
        return byText.values();
    }

    private List<FinalPrefix> byExpectedErrors(List<FinalPrefix> byScore, int compared) {
        List<FinalPrefix> best = byScore.subList(0, Math.min(compared, byScore.size()));
        MinimumBayesRisk risk =
                new MinimumBayesRisk(
                        best.stream().map(this::unitsOfErrors).toList(),
                        best.stream().mapToDouble(FinalPrefix::score).toArray());
        List<FinalPrefix> ranked = new ArrayList<>(byScore);
        List<Integer> ranking = risk.ranking();
        for (int i = 0; i < ranking.size(); i++) {
            ranked.set(i, byScore.get(ranking.get(i)));
        }
        return ranked;
    }

    /**
     * Returns the words of a text, or its characters where it is not divided into words, but those
     * that all texts begin with.
     */
    private List<String> unitsOfErrors(FinalPrefix prefix) {
        List<String> words = wordsAfterCut(prefix);
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
        return prefixes.stream()
                .map(p -> p.isNothing() ? "" : withTextBeforeCut(textAfterCut(p)))
                .toList();
    }

    private Hypothesis hypothesis(int index) {
        FinalPrefix prefix = prefixes.get(index);
        List<TokenSpan> plain = tokens(prefix);
        List<WordSpan> words = spans.words(plain, posteriors.ofWords(index));
        return new Hypothesis(
                ResultSpans.text(words),
                spans.withConfidence(plain, posteriors.ofTokens(index)),
                words,
                prefix.score(),
                prefix.acousticScore(),
                prefix.languageModelScore());
    }

    private List<TokenSpan> tokens(FinalPrefix prefix) {
        TokenSpan[] tokens = new TokenSpan[stable.count(prefix, 0)];
        stable.tell(
                prefix,
                0,
                (i, id, start, end, peak) -> tokens[i] = spans.token(id, start, end, peak));
        return Arrays.asList(tokens);
    }

    private List<String> wordsAfterCut(FinalPrefix prefix) {
        return prefix.isNothing() ? List.of() : texts.words(stable.idsAfterCut(prefix.node()));
    }

    private String textAfterCut(FinalPrefix prefix) {
        return String.join(" ", wordsAfterCut(prefix));
    }

    private String withTextBeforeCut(String text) {
        return texts.join(stable.tokens().textBeforeCut(), text);
    }
}
