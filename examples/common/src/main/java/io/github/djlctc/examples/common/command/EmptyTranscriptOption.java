package io.github.djlctc.examples.common.command;

import io.github.djlctc.examples.common.SkippedSamples;
import io.github.djlctc.examples.common.data.Corpus;
import io.github.djlctc.examples.common.data.CorpusSample;

import picocli.CommandLine.Option;

import java.util.ArrayList;
import java.util.List;

/** The option that says what becomes of samples without a transcript. */
public final class EmptyTranscriptOption {

    enum Treatment {
        USE,
        SKIP
    }

    @Option(
            names = "--empty-transcripts",
            defaultValue = "use",
            paramLabel = "WHAT",
            description =
                    "What becomes of samples whose transcript is empty: ${COMPLETION-CANDIDATES}"
                            + " (default: ${DEFAULT-VALUE}: they teach that there is nothing to"
                            + " recognise).")
    private Treatment treatment;

    /** Creates the option; picocli sets it. */
    public EmptyTranscriptOption() {}

    /**
     * Takes the samples with an empty transcript out of a corpus, if the option says so.
     *
     * @param <S> what a sample is
     * @param corpus the data
     * @param skipped takes these samples
     * @return the data to use
     */
    public <S extends CorpusSample> Corpus<S> apply(Corpus<S> corpus, SkippedSamples skipped) {
        if (treatment == Treatment.USE) {
            return corpus;
        }
        return new Corpus<>(
                corpus.name(),
                corpus.unit(),
                withTranscript(corpus.train(), skipped),
                withTranscript(corpus.validation(), skipped),
                withTranscript(corpus.test(), skipped),
                corpus.validationSource());
    }

    private static <S extends CorpusSample> List<S> withTranscript(
            List<S> samples, SkippedSamples skipped) {
        List<S> kept = new ArrayList<>();
        for (S sample : samples) {
            if (sample.text().isBlank()) {
                skipped.add(
                        sample.id(), "empty transcript", "as --empty-transcripts skip asks for");
            } else {
                kept.add(sample);
            }
        }
        return kept;
    }
}
