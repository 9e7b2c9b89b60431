package io.github.djlctc.examples.decode;

import io.github.djlctc.align.ForcedAligner;
import io.github.djlctc.align.UnalignableTextException;
import io.github.djlctc.examples.common.SkippedSamples;
import io.github.djlctc.examples.common.emission.References;
import io.github.djlctc.examples.common.emission.Utterance;
import io.github.djlctc.text.UnknownCharacterException;

import java.util.Optional;

/** Aligns utterances with their references, and records those that cannot be. */
final class UtteranceAligner {

    private final ForcedAligner aligner;
    private final References references;
    private final SkippedSamples skipped;

    UtteranceAligner(ForcedAligner aligner, References references, SkippedSamples skipped) {
        this.aligner = aligner;
        this.references = references;
        this.skipped = skipped;
    }

    Optional<AlignedUtterance> align(Utterance utterance) {
        String text = references.text(utterance.id());
        try {
            return Optional.of(
                    new AlignedUtterance(
                            utterance,
                            text,
                            aligner.align(utterance.emissions(), utterance.frames(), text)));
        } catch (UnalignableTextException e) {
            skipped.add(utterance.id(), "text cannot be aligned", e.getMessage());
        } catch (UnknownCharacterException e) {
            skipped.add(
                    utterance.id(),
                    "characters not in the alphabet",
                    e.getMessage() + " (--letter-case, --normalization)");
        }
        return Optional.empty();
    }
}
