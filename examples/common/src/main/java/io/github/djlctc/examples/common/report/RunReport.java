package io.github.djlctc.examples.common.report;

import io.github.djlctc.audit.LabelAuditReport;
import io.github.djlctc.checkpoint.TrainingPosition;
import io.github.djlctc.examples.common.SkippedSamples;
import io.github.djlctc.examples.common.decoding.TunedDecoder;
import io.github.djlctc.examples.common.train.ConcatenatedPairs;
import io.github.djlctc.examples.common.train.EpochResult;
import io.github.djlctc.examples.common.train.Evaluation;
import io.github.djlctc.examples.common.train.MeanResult;

import java.nio.file.Path;
import java.util.OptionalLong;

/** The report that a command prints. */
public sealed interface RunReport permits TextReport, JsonReport {

    /**
     * Reports the data and the model, before training.
     *
     * @param run what is going to be trained
     */
    void start(RunDescription run);

    /**
     * Reports what the audit of the data found.
     *
     * @param audit the findings
     * @param file where all of it is
     */
    void audit(LabelAuditReport audit, Path file);

    /**
     * Tells how many training samples follow each other in one.
     *
     * @param pairs the pairs, maybe none
     */
    void concatenated(ConcatenatedPairs pairs);

    /**
     * Reports where a resumed run goes on.
     *
     * @param position the epochs and batches that are done
     */
    void resume(TrainingPosition position);

    /**
     * Reports an epoch of training.
     *
     * @param result what it came to
     */
    void epoch(EpochResult result);

    /**
     * Reports the mean of the best epochs, after the last one.
     *
     * @param mean what it came to
     */
    void mean(MeanResult mean);

    /**
     * Reports the decoder that was chosen after training.
     *
     * @param decoder what was chosen, by which errors
     */
    void tuned(TunedDecoder decoder);

    /**
     * Reports references and hypotheses.
     *
     * @param evaluation what the model made of a split
     * @param file where all of it is
     */
    void transcripts(Evaluation evaluation, Path file);

    /**
     * Reports what was left out.
     *
     * @param skipped the samples
     */
    void skipped(SkippedSamples skipped);

    /**
     * Reports the error rates on a split.
     *
     * @param split the name of the split
     * @param decoding how it was decoded
     * @param evaluation the errors
     */
    void errors(String split, String decoding, Evaluation evaluation);

    /**
     * Reports the end of training.
     *
     * @param seconds how long the command took
     * @param peakMebibytes the most memory it took, if known
     * @param modelFolder where the model is
     */
    void end(double seconds, OptionalLong peakMebibytes, Path modelFolder);
}
