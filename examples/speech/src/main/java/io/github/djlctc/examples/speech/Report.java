package io.github.djlctc.examples.speech;

import io.github.djlctc.dataset.LabelAuditReport;
import io.github.djlctc.examples.common.SkippedSamples;
import io.github.djlctc.examples.speech.corpus.Corpus;
import io.github.djlctc.examples.speech.model.ModelConfig;
import io.github.djlctc.examples.speech.train.EpochResult;
import io.github.djlctc.examples.speech.train.Evaluation;
import io.github.djlctc.examples.speech.train.TrainingOptions;
import io.github.djlctc.text.Alphabet;
import io.github.djlctc.training.TrainingPosition;

import java.nio.file.Path;
import java.util.OptionalLong;

/** What the commands print. */
sealed interface Report permits TextReport, JsonReport {

    /** The data and the model, before training. */
    void start(Corpus corpus, ModelConfig config, Alphabet alphabet, TrainingOptions options);

    /** What the audit of the data found; all of it is in the file. */
    void audit(LabelAuditReport audit, Path file);

    /** Where a resumed run goes on. */
    void resume(TrainingPosition position);

    /** An epoch of training. */
    void epoch(EpochResult result);

    /** References and hypotheses; all of them are in the file. */
    void transcripts(Evaluation evaluation, Path file);

    /** What was left out. */
    void skipped(SkippedSamples skipped);

    /** The error rates on a split. */
    void errors(String split, Evaluation evaluation);

    /** The end of training. */
    void end(double seconds, OptionalLong peakMebibytes, Path modelFolder);
}
