package io.github.djlctc.examples.common.train;

import io.github.djlctc.examples.common.SkippedSamples;
import io.github.djlctc.examples.common.console.ConsoleProgress;
import io.github.djlctc.examples.common.data.CorpusSample;

import java.io.IOException;
import java.util.List;

/**
 * Runs a trained model on the samples of a split, and hands on what it gives.
 *
 * @param <S> what a sample is
 */
public final class ModelEmissions<S extends CorpusSample> {

    private final RecognitionModel model;
    private final Preparation<S> preparation;
    private final String unit;

    /**
     * Prepares a pass.
     *
     * @param model the model
     * @param reader reads the samples
     * @param unit what the samples are called in messages
     * @param skipped takes the samples that cannot be used
     */
    public ModelEmissions(
            RecognitionModel model, SampleReader<S> reader, String unit, SkippedSamples skipped) {
        this.model = model;
        this.unit = unit;
        preparation = new Preparation<>(model, reader, unit, skipped);
    }

    /** Takes the emissions of a sample. */
    @FunctionalInterface
    public interface Sink {

        /**
         * Takes the emissions of a sample.
         *
         * @param id the sample
         * @param text its transcript, normalised as the alphabet does
         * @param logits of shape (frames, C), row by row; they may be kept
         * @throws IOException if they cannot be written
         */
        void accept(String id, String text, float[] logits) throws IOException;
    }

    /**
     * Runs the model, on samples of similar length together; in which order does not depend on
     * chance or the number of threads.
     *
     * @param split the name of the split, shown with the progress
     * @param samples the samples
     * @param sink takes the emissions of each
     * @throws IOException if none of the samples can be used, or the sink throws it
     * @throws InterruptedException if the thread is interrupted
     */
    public void run(String split, List<S> samples, Sink sink)
            throws IOException, InterruptedException {
        List<PreparedSample> usable = preparation.prepareUsable(split, samples);
        try (BatchLoader loader = BatchLoader.onAllProcessors();
                ConsoleProgress progress =
                        ConsoleProgress.start("emissions", usable.size(), unit)) {
            new Evaluator(model, loader)
                    .emit(
                            usable,
                            (index, logits) -> {
                                PreparedSample sample = usable.get(index);
                                sink.accept(sample.id(), sample.text(), logits);
                                progress.step();
                            });
        }
    }
}
