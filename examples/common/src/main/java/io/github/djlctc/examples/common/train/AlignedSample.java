package io.github.djlctc.examples.common.train;

import io.github.djlctc.align.Alignment;
import io.github.djlctc.examples.common.picture.Posteriors;

import java.util.Optional;

/**
 * A sample with the posteriors of a model.
 *
 * @param transcript reference and hypothesis
 * @param posteriors the output of the model
 * @param alignment where the reference lies; nothing if it cannot be aligned
 */
public record AlignedSample(
        Transcript transcript, Posteriors posteriors, Optional<Alignment> alignment) {}
