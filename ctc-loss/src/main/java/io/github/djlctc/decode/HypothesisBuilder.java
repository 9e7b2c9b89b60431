package io.github.djlctc.decode;

import io.github.djlctc.align.TokenSpan;
import io.github.djlctc.align.WordSpan;
import io.github.djlctc.text.Alphabet;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Turns the final prefixes of a search into hypotheses. */
final class HypothesisBuilder {

    private final Alphabet alphabet;
    private final PrefixTree tree;
    private final AlignmentHistory history;

    HypothesisBuilder(Alphabet alphabet, BeamSearch search) {
        this.alphabet = alphabet;
        tree = search.tree();
        history = search.history();
    }

    /** Returns the prefixes best first, those of one text joined. */
    List<FinalPrefix> ranked(Collection<FinalPrefix> prefixes, int count) {
        Comparator<FinalPrefix> bestFirst =
                Comparator.comparingDouble(FinalPrefix::score)
                        .reversed()
                        .thenComparingInt(FinalPrefix::node);
        Collection<FinalPrefix> distinct = prefixes;
        if (mayBeSpelledInManyWays()) {
            Map<String, FinalPrefix> byText = new LinkedHashMap<>();
            prefixes.stream()
                    .sorted(bestFirst)
                    .forEach(p -> byText.merge(text(p.node()), p, FinalPrefix::and));
            distinct = byText.values();
        }
        return distinct.stream().sorted(bestFirst).limit(count).toList();
    }

    private boolean mayBeSpelledInManyWays() {
        for (int id = 0; id < alphabet.size(); id++) {
            if (alphabet.text(id).codePoints().skip(1).findAny().isPresent()) {
                return true;
            }
        }
        return false;
    }

    /** Returns the text of a node's prefix. */
    String text(int node) {
        return alphabet.decode(ids(node));
    }

    PartialResult partialResult(BeamSearch search) {
        int common = search.commonNode();
        String stable = text(common);
        if (tree.inWord[common]) {
            // The last word may go on.
            stable = stable.substring(0, Math.max(0, stable.lastIndexOf(' ')));
        }
        return new PartialResult(stable, text(search.bestNode()));
    }

    private int[] ids(int node) {
        int length = 0;
        for (int n = node; n != PrefixTree.ROOT; n = tree.parent[n]) {
            length++;
        }
        int[] ids = new int[length];
        for (int n = node; n != PrefixTree.ROOT; n = tree.parent[n]) {
            ids[--length] = tree.token[n];
        }
        return ids;
    }

    Hypothesis hypothesis(FinalPrefix prefix) {
        List<TokenSpan> tokens = tokens(prefix);
        List<WordSpan> words = WordSpan.group(alphabet, tokens);
        String text = words.stream().map(WordSpan::word).collect(Collectors.joining(" "));
        return new Hypothesis(
                text,
                tokens,
                words,
                prefix.score(),
                prefix.acousticScore(),
                prefix.languageModelScore());
    }

    private List<TokenSpan> tokens(FinalPrefix prefix) {
        List<TokenSpan> tokens = new ArrayList<>();
        int record = prefix.record();
        for (int n = prefix.node(); n != PrefixTree.ROOT; n = tree.parent[n]) {
            int id = tree.token[n];
            tokens.add(
                    new TokenSpan(
                            id,
                            alphabet.token(id),
                            history.start[record],
                            history.end[record],
                            Math.log(history.peak[record])));
            record = history.previous[record];
        }
        Collections.reverse(tokens);
        return tokens;
    }
}
