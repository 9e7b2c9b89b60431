package io.github.djlctc.benchmarks;

import io.github.djlctc.decode.BeamSearchDecoder;
import io.github.djlctc.decode.LabelPrior;

import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** How the beam search is set: as by default, with the label prior of {@code ctc-decode}. */
@State(Scope.Benchmark)
public class SearchSettings {

    private static final double LABEL_PRIOR_WEIGHT = 0.5;

    /** How many prefixes are kept. */
    @Param("50")
    int beamWidth;

    /** How far behind the best prefix others may fall. */
    @Param("10")
    double beamThreshold;

    BeamSearchDecoder decoder(Speech speech) {
        return builder(speech).build();
    }

    BeamSearchDecoder decoder(Speech speech, NGrams ngrams) {
        LabelPrior prior = LabelPrior.estimate(speech.alphabet(), speech.utterances());
        return builder(speech)
                .optLanguageModel(ngrams.model())
                .optLabelPrior(prior, LABEL_PRIOR_WEIGHT)
                .build();
    }

    private BeamSearchDecoder.Builder builder(Speech speech) {
        return BeamSearchDecoder.builder()
                .setAlphabet(speech.alphabet())
                .optBeamWidth(beamWidth)
                .optBeamThreshold(beamThreshold);
    }
}
