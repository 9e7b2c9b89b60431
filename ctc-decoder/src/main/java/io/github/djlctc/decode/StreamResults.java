package io.github.djlctc.decode;

import io.github.djlctc.emission.TokenSpan;

import java.util.ArrayList;
import java.util.List;

/** Tells of a search that goes on, in time for what is new. */
final class StreamResults {

    private final TokenTexts texts;
    private final ResultSpans spans;

    StreamResults(TokenTexts texts, ResultSpans spans) {
        this.texts = texts;
        this.spans = spans;
    }

    /** Returns the text so far, but what was taken. */
    PartialResult partialResult(BeamSearch search) {
        search.settle();
        StablePath stable = search.stable();
        String before = stable.tokens().textBeforeCut();
        int common = search.commonNode();
        String agreed = text(stable, common);
        if (!texts.joinWords() && search.tree().isInWord(common)) {
            // The last word may go on.
            agreed = agreed.substring(0, Math.max(0, agreed.lastIndexOf(' ')));
        }
        return new PartialResult(
                texts.join(before, agreed), texts.join(before, text(stable, search.bestNode())));
    }

    private String text(StablePath stable, int node) {
        return String.join(" ", texts.words(stable.idsAfterCut(node)));
    }

    /** Returns what no later frame changes, and has the search forget it. */
    StableText takeStable(BeamSearch search) {
        search.settle();
        StableTokens stable = search.stable().tokens();
        List<TokenSpan> tokens = new ArrayList<>(stable.cut());
        for (int i = 0; i < stable.cut(); i++) {
            tokens.add(spans.token(stable.id(i), stable.start(i), stable.end(i), stable.peak(i)));
        }
        stable.removeBeforeCut();
        return spans.stable(tokens);
    }
}
