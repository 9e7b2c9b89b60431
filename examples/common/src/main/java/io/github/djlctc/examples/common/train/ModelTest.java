package io.github.djlctc.examples.common.train;

import io.github.djlctc.examples.common.SkippedSamples;
import io.github.djlctc.examples.common.data.CorpusSample;
import io.github.djlctc.examples.common.decoding.Decoding;

import java.io.IOException;
import java.util.List;

/**
 * Measures a trained model on the samples of a split.
 *
 * @param <S> what a sample is
 */
public final class ModelTest<S extends CorpusSample> {

    private final RecognitionModel model;
    private final Preparation<S> preparation;

    /**
     * Prepares a test.
     *
     * @param model the model
     * @param reader reads the samples
     * @param unit what the samples are called in messages
     * @param skipped takes the samples that cannot be used
     */
    public ModelTest(
            RecognitionModel model, SampleReader<S> reader, String unit, SkippedSamples skipped) {
        this.model = model;
        preparation = new Preparation<>(model, reader, unit, skipped);
    }

    /**
     * Decodes the samples and counts the errors.
     *
     * @param split the name of the split, shown with the progress
     * @param samples the samples
     * @param decodings the ways to decode them
     * @return the errors of each
     * @throws IOException if none of the samples can be used
     * @throws InterruptedException if the thread is interrupted
     */
    public List<Evaluation> run(String split, List<S> samples, List<Decoding> decodings)
            throws IOException, InterruptedException {
        List<PreparedSample> usable = preparation.prepareUsable(split, samples);
        try (BatchLoader loader = BatchLoader.onAllProcessors()) {
            return new Evaluator(model, loader).evaluate(usable, decodings);
        }
    }
}
