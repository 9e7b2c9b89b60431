package io.github.djlctc.benchmarks;

import io.github.djlctc.decode.BeamSearchDecoder;
import io.github.djlctc.lm.LanguageModel;
import io.github.djlctc.text.Alphabet;

import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** How the beam search is set. */
@State(Scope.Benchmark)
public class SearchSettings {

    /** How many prefixes are kept. */
    @Param("50")
    int beamWidth;

    /** How far behind the best prefix others may fall; without pruning of tokens. */
    @Param("15")
    double beamThreshold;

    BeamSearchDecoder.Builder decoder(Alphabet alphabet) {
        return BeamSearchDecoder.builder()
                .setAlphabet(alphabet)
                .optBeamWidth(beamWidth)
                .optBeamThreshold(beamThreshold);
    }

    /** Adds a language model, at weights that suit AN4. */
    BeamSearchDecoder.Builder withLanguageModel(
            BeamSearchDecoder.Builder builder, LanguageModel model) {
        return builder.optLanguageModel(model).optLanguageModelWeight(0.5).optWordInsertionBonus(3);
    }
}
