package io.github.djlctc.examples.common.train;

import io.github.djlctc.examples.common.data.CorpusSample;

/**
 * Reads the samples of a corpus. Safe to call from several threads.
 *
 * @param <S> what a sample is
 */
@FunctionalInterface
public interface SampleReader<S extends CorpusSample> extends AutoCloseable {

    /**
     * Reads a sample.
     *
     * @param sample the sample
     * @return what was read
     * @throws UnreadableSampleException if the model cannot be given the sample
     */
    ReadSample read(S sample) throws UnreadableSampleException;

    /** Deletes what was kept on disk for a run that has come to its end. */
    default void finish() {}

    /** Ends reading; what is on disk stays for a run that is resumed. */
    @Override
    default void close() {}
}
