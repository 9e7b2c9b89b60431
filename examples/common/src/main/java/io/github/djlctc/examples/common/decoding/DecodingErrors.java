package io.github.djlctc.examples.decode;

import io.github.djlctc.decode.BeamSearchResult;
import io.github.djlctc.examples.common.WordErrorUnit;
import io.github.djlctc.examples.decode.data.References;
import io.github.djlctc.examples.decode.data.Utterance;
import io.github.djlctc.metric.ErrorCounts;
import io.github.djlctc.metric.ErrorRates;

import java.util.List;

/**
 * The errors of all utterances that have a reference.
 *
 * @param unit the unit of the word errors
 * @param words the word errors, in that unit
 * @param characters the character errors
 */
record DecodingErrors(WordErrorUnit unit, ErrorCounts words, ErrorCounts characters) {

    static DecodingErrors count(
            WordErrorUnit unit,
            List<Utterance> utterances,
            List<BeamSearchResult> results,
            References references) {
        ErrorCounts words = ErrorCounts.ZERO;
        ErrorCounts characters = ErrorCounts.ZERO;
        for (int i = 0; i < utterances.size(); i++) {
            if (references.has(utterances.get(i))) {
                String reference = references.text(utterances.get(i));
                String hypothesis = results.get(i).best().text();
                words = words.plus(unit.count(reference, hypothesis));
                characters = characters.plus(ErrorRates.characters(reference, hypothesis));
            }
        }
        return new DecodingErrors(unit, words, characters);
    }
}
