package io.github.djlctc.examples.decode;

import io.github.djlctc.decode.BeamSearchResult;
import io.github.djlctc.decode.CTCDecoder;
import io.github.djlctc.decode.LanguageModelCoverage;
import io.github.djlctc.examples.common.Printable;
import io.github.djlctc.examples.common.decoding.KnownWords;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What is kept of the results of all utterances, after each has been written. */
final class DecodedResults {

    private final KnownWords known;
    private final ScoredTexts texts;
    private final List<String> withoutText = new ArrayList<>();
    private final Set<String> earlier = new HashSet<>();

    /**
     * Starts without results.
     *
     * @param decoder what finds them
     * @param texts takes the texts; null without references
     */
    DecodedResults(CTCDecoder decoder, ScoredTexts texts) {
        known = new KnownWords(decoder);
        this.texts = texts;
    }

    void add(String id, BeamSearchResult result) {
        if (texts != null) {
            texts.add(id, result);
        }
        if (result.isNothing()) {
            withoutText.add(id);
        }
        known.add(List.of(result.best()));
    }

    /** Adds what an earlier run found. */
    void add(EarlierResult result) {
        if (texts != null) {
            texts.add(result);
        }
        earlier.add(result.id());
    }

    /** Returns the ids of the utterances that an earlier run decoded. */
    Set<String> earlier() {
        return earlier;
    }

    /** Returns the texts that have a reference; null without references. */
    ScoredTexts texts() {
        return texts;
    }

    /** Returns how much of the texts of this run the language model knows, if there is one. */
    Optional<LanguageModelCoverage> coverage() {
        return known.coverage();
    }

    /** Returns a line for each utterance that nothing fits. */
    List<String> warningsOfNothing() {
        return withoutText.stream()
                .map(
                        id ->
                                "warning: utterance "
                                        + Printable.line(id)
                                        + ": nothing that the lexicon permits fits it, so its text"
                                        + " is empty")
                .toList();
    }
}
