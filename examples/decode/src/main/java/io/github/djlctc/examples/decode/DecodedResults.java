package io.github.djlctc.examples.decode;

import io.github.djlctc.decode.BeamSearchDecoder;
import io.github.djlctc.decode.BeamSearchResult;
import io.github.djlctc.decode.LanguageModelCoverage;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What is kept of the results of all utterances, after each has been written. */
final class DecodedResults {

    private final Optional<BeamSearchDecoder> decoder;
    private final ScoredTexts texts;
    private final List<String> withoutText = new ArrayList<>();
    private final Set<String> earlier = new HashSet<>();
    private LanguageModelCoverage coverage;

    /**
     * Starts without results.
     *
     * @param decoder what finds them; nothing if no search does
     * @param texts takes the texts; null without references
     */
    DecodedResults(Optional<BeamSearchDecoder> decoder, ScoredTexts texts) {
        this.decoder = decoder;
        this.texts = texts;
    }

    void add(String id, BeamSearchResult result) {
        if (texts != null) {
            texts.add(id, result);
        }
        if (result.isNothing()) {
            withoutText.add(id);
        }
        decoder.flatMap(d -> d.coverage(List.of(result.best())))
                .ifPresent(more -> coverage = coverage == null ? more : coverage.plus(more));
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
        return Optional.ofNullable(coverage);
    }

    /** Returns a line for each utterance that nothing fits. */
    List<String> warningsOfNothing() {
        return withoutText.stream()
                .map(
                        id ->
                                "warning: utterance "
                                        + id
                                        + ": nothing that the lexicon permits fits it, so its text"
                                        + " is empty")
                .toList();
    }
}
