package io.github.djlctc.examples.speech.train;

import ai.djl.translate.TranslateException;

import io.github.djlctc.examples.common.SkippedSamples;
import io.github.djlctc.examples.speech.corpus.Utterance;
import io.github.djlctc.examples.speech.model.SpeechModel;

import java.io.IOException;
import java.util.List;

/** Measures a trained model on the utterances of a split. */
public final class ModelTest {

    private final SpeechModel model;
    private final Preparation preparation;

    /**
     * Prepares a test.
     *
     * @param model the model
     * @param skipped takes the utterances that cannot be used
     */
    public ModelTest(SpeechModel model, SkippedSamples skipped) {
        this.model = model;
        // Everything is read twice only: to check it, and to decode it.
        preparation = new Preparation(model, skipped, new SignalCache(0));
    }

    /**
     * Decodes the utterances greedily and counts the errors.
     *
     * @param split the name of the split, shown with the progress
     * @param utterances the utterances
     * @return the errors
     * @throws IOException if none of the utterances can be used
     * @throws TranslateException if DJL cannot make a batch
     * @throws InterruptedException if the thread is interrupted
     */
    public Evaluation run(String split, List<Utterance> utterances)
            throws IOException, TranslateException, InterruptedException {
        return new Evaluator(model).evaluate(preparation.prepareUsable(split, utterances));
    }
}
