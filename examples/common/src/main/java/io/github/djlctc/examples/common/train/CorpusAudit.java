package io.github.djlctc.examples.common.train;

import io.github.djlctc.audit.LabelAuditReport;
import io.github.djlctc.examples.common.SkippedSamples;
import io.github.djlctc.examples.common.data.Corpus;
import io.github.djlctc.examples.common.data.CorpusSample;

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
     * @param skipped holds what could not be listed; takes the samples that cannot be used
     */
    public CorpusAudit(
            Corpus<S> corpus,
            RecognitionModel model,
            SampleReader<S> reader,
            SkippedSamples skipped) {
        this.corpus = corpus;
        preparation = new Preparation<>(model, reader, corpus.unit(), skipped);
    }

    /**
     * Reads all splits.
     *
     * @return what was found
     * @throws InterruptedException if the thread is interrupted
     */
    public LabelAuditReport run() throws InterruptedException {
        preparation.prepare("training", corpus.train());
        preparation.prepare("validation", corpus.validation());
        preparation.prepare("test", corpus.test());
        return preparation.audit();
    }
}
