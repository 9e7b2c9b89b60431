package io.github.djlctc.examples.decode;

import io.github.djlctc.decode.BeamSearchResult;
import io.github.djlctc.examples.common.WordErrorUnit;
import io.github.djlctc.examples.common.decoding.DecodingErrors;
import io.github.djlctc.examples.common.emission.References;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** The decoded texts of utterances that have a reference, and how right they are. */
final class ScoredTexts {

    private final References references;
    private final ConfidenceRanking.Counter confidences = new ConfidenceRanking.Counter();
    private final List<String> expected = new ArrayList<>();
    private final List<String> decoded = new ArrayList<>();

    ScoredTexts(References references) {
        this.references = references;
    }

    /** Adds what was found in an utterance, if there is a reference. */
    void add(String id, BeamSearchResult result) {
        if (references.has(id)) {
            String text = references.text(id);
            expected.add(text);
            decoded.add(result.best().text());
            confidences.add(text, result.best().words());
        }
    }

    /** Adds what an earlier run found in an utterance, if there is a reference. */
    void add(EarlierResult result) {
        if (references.has(result.id())) {
            String text = references.text(result.id());
            expected.add(text);
            decoded.add(result.text());
            confidences.add(text, result.words(), result.confidences());
        }
    }

    References references() {
        return references;
    }

    DecodingErrors errors(WordErrorUnit unit) {
        return DecodingErrors.count(unit, expected, decoded);
    }

    /** Counts errors as if the references had another form. */
    DecodingErrors errors(WordErrorUnit unit, UnaryOperator<String> form) {
        return DecodingErrors.count(unit, expected.stream().map(form).toList(), decoded);
    }

    ConfidenceRanking confidences() {
        return confidences.ranking();
    }
}
