package io.github.djlctc.decode;

import io.github.djlctc.align.Alignment;
import io.github.djlctc.align.ForcedAligner;
import io.github.djlctc.align.TokenSpan;
import io.github.djlctc.decode.Emissions.Utterance;
import io.github.djlctc.lm.NGramModel;
import io.github.djlctc.text.Alphabet;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/** Emissions of two CTC models for 65 utterances of the CMU AN4 corpus. */
class BeamSearchOnSpeechTest {

    private static Alphabet alphabet;
    private static NGramModel model;

    @BeforeAll
    static void read() throws IOException {
        Emissions.assumeAn4();
        alphabet = Emissions.an4Alphabet();
        model = NGramModel.read(Emissions.AN4_MODELS.resolve("an4_3gram.arpa"));
    }

    private static BeamSearchDecoder.Builder builder() {
        return BeamSearchDecoder.builder().setAlphabet(alphabet).optLanguageModel(model);
    }

    /** The beam holds nearly all that matters of the best path of the best text. */
    @ParameterizedTest
    @ValueSource(strings = {"strong_dev.npz", "weak_dev.npz"})
    void timesAreThoseOfForcedAlignment(String file) throws IOException {
        BeamSearchDecoder decoder = builder().build();
        ForcedAligner aligner = ForcedAligner.builder().setAlphabet(alphabet).build();
        int tokens = 0;
        int equal = 0;
        for (Utterance utterance : Emissions.an4(file)) {
            Hypothesis best = decoder.decode(utterance.emissions(), utterance.frames());
            Alignment alignment =
                    aligner.align(utterance.emissions(), utterance.frames(), best.ids());
            assertThat(best.tokens()).hasSameSizeAs(alignment.tokens());
            for (int i = 0; i < best.tokens().size(); i++) {
                TokenSpan actual = best.tokens().get(i);
                TokenSpan expected = alignment.tokens().get(i);
                tokens++;
                equal +=
                        actual.startFrame() == expected.startFrame()
                                        && actual.endFrame() == expected.endFrame()
                                ? 1
                                : 0;
            }
        }
        assertThat(equal).isGreaterThan(tokens * 97 / 100);
    }

    /** This is no law, since a wider beam may lose other paths, but holds for all of these. */
    @ParameterizedTest
    @ValueSource(strings = {"strong_dev.npz", "weak_dev.npz"})
    void widerBeamsScoreNoLess(String file) throws IOException {
        BeamSearchDecoder[] decoders =
                IntStream.of(10, 20, 50, 100, 200)
                        .mapToObj(width -> builder().optBeamWidth(width).build())
                        .toArray(BeamSearchDecoder[]::new);
        for (Utterance utterance : Emissions.an4(file)) {
            double last = Double.NEGATIVE_INFINITY;
            for (BeamSearchDecoder decoder : decoders) {
                double score = decoder.decode(utterance.emissions(), utterance.frames()).score();
                assertThat(score).isGreaterThanOrEqualTo(last - 1e-9);
                last = score;
            }
        }
    }
}
