package io.github.djlctc.examples.common.command;

import io.github.djlctc.examples.common.SkippedSamples;
import io.github.djlctc.examples.common.data.Corpus;
import io.github.djlctc.examples.common.data.CorpusSample;
import io.github.djlctc.examples.common.data.Split;

import java.io.IOException;

/**
 * The options of a program that choose the data.
 *
 * @param <S> what a sample is
 */
public interface DataSource<S extends CorpusSample> {

    /**
     * Creates the list of the samples that cannot be used.
     *
     * @return an empty list
     */
    SkippedSamples newSkippedSamples();

    /**
     * Loads the data.
     *
     * @param skipped takes the samples that cannot be used
     * @return the data
     * @throws IOException if it cannot be read
     */
    Corpus<S> load(SkippedSamples skipped) throws IOException;

    /**
     * Loads one part of the data, for which the options of the others are not needed.
     *
     * @param split the part
     * @param skipped takes the samples that cannot be used
     * @return the data, of which other parts may be empty
     * @throws IOException if it cannot be read
     */
    Corpus<S> loadSplit(Split split, SkippedSamples skipped) throws IOException;
}
