package io.github.djlctc.examples.common.train;

import io.github.djlctc.examples.common.data.CorpusSample;

/**
 * Reads the samples of a corpus. Safe to call from several threads.
 *
 * @param <S> what a sample is
 */
@FunctionalInterface
public interface SampleReader<S extends CorpusSample> {

    /**
     * Reads a sample.
     *
     * @param sample the sample
     * @return what was read
     * @throws UnreadableSampleException if the model cannot be given the sample
     */
    ReadSample read(S sample) throws UnreadableSampleException;
}
