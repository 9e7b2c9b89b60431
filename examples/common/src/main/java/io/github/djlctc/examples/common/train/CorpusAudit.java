package io.github.djlctc.examples.common.train;

import io.github.djlctc.audit.LabelAuditReport;
import io.github.djlctc.examples.common.SkippedSamples;
import io.github.djlctc.examples.common.data.Corpus;
import io.github.djlctc.examples.common.data.CorpusSample;
import io.github.djlctc.examples.common.data.Split;

import java.io.IOException;

/**
 * Reads every sample of a corpus as training would, and audits it.
 *
 * @param <S> what a sample is
 */
public final class CorpusAudit<S extends CorpusSample> {

    private final Corpus<S> corpus;
    private final Preparation<S> preparation;

    /**
     * Prepares an audit.
     *
     * @param corpus the data
     * @param model the model that is to be trained
     * @param reader reads the samples
     * @param bounds what a batch of training may hold
     * @param views in how many views it holds each sample, 1 or 2
     * @param skipped holds what could not be listed; takes the samples that cannot be used
     */
    public CorpusAudit(
            Corpus<S> corpus,
            RecognitionModel model,
            SampleReader<S> reader,
            BatchBounds bounds,
            int views,
            SkippedSamples skipped) {
        this.corpus = corpus;
        preparation = new Preparation<>(model, reader, corpus.unit(), bounds, views, skipped);
    }

    /**
     * Reads all splits.
     *
     * @return what was found
     * @throws IOException if reading ends early; a sample that cannot be read is in the report
     * @throws InterruptedException if the thread is interrupted
     */
    public LabelAuditReport run() throws IOException, InterruptedException {
        for (Split split : Split.values()) {
            preparation.auditSet(split.set(), corpus.samples(split));
        }
        return preparation.audit();
    }
}
