package io.github.djlctc.examples.common.train;

import io.github.djlctc.examples.common.decoding.Decoding;
import io.github.djlctc.examples.common.decoding.EmittedSamples;

import java.io.IOException;
import java.util.List;

/** Chooses, after the training, how the test set is decoded. */
@FunctionalInterface
public interface DecodingChoice {

    /**
     * Chooses.
     *
     * @param validation what the best model made of the validation set, or of a part of it
     * @return the ways to decode the test set, at least one
     * @throws IOException if a file cannot be written
     */
    List<Decoding> choose(EmittedSamples validation) throws IOException;
}
