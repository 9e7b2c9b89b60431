package io.github.djlctc.examples.speech.train;

import io.github.djlctc.dataset.LabelAuditReport;
import io.github.djlctc.examples.common.SkippedSamples;
import io.github.djlctc.examples.speech.corpus.Corpus;
import io.github.djlctc.examples.speech.model.ModelConfig;
import io.github.djlctc.examples.speech.model.SpeechModel;
import io.github.djlctc.text.Alphabet;

/** Reads every utterance of a corpus as training would, and audits it. */
public final class CorpusAudit {

    private final Corpus corpus;
    private final Alphabet alphabet;
    private final ModelConfig config;
    private final SkippedSamples skipped;

    /**
     * Prepares an audit.
     *
     * @param corpus the data
     * @param alphabet the classes of the model
     * @param config the features and sizes of the model
     * @param skipped holds what could not be listed; takes the utterances that cannot be used
     */
    public CorpusAudit(
            Corpus corpus, Alphabet alphabet, ModelConfig config, SkippedSamples skipped) {
        this.corpus = corpus;
        this.alphabet = alphabet;
        this.config = config;
        this.skipped = skipped;
    }

    /**
     * Reads all splits.
     *
     * @return what was found
     * @throws InterruptedException if the thread is interrupted
     */
    public LabelAuditReport run() throws InterruptedException {
        try (SpeechModel model = SpeechModel.create(config, alphabet)) {
            // Everything is read once only.
            Preparation preparation = new Preparation(model, skipped, new SignalCache(0));
            preparation.prepare("training", corpus.train());
            preparation.prepare("validation", corpus.validation());
            preparation.prepare("test", corpus.test());
            return preparation.audit();
        }
    }
}
