package io.github.djlctc.decode;

import io.github.djlctc.align.Alignment;
import io.github.djlctc.align.ForcedAligner;
import io.github.djlctc.decode.Emissions.Utterance;
import io.github.djlctc.emission.TokenSpan;
import io.github.djlctc.lm.NGramModel;
import io.github.djlctc.text.Alphabet;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;

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

    /**
     * A wider beam may lose a path by what else it holds, so that this is no law for each
     * utterance: of 520 pairs of widths here, two lose up to 0.21.
     */
    @ParameterizedTest
    @ValueSource(strings = {"strong_dev.npz", "weak_dev.npz"})
    void widerBeamsScoreNoLess(String file) throws IOException {
        List<Utterance> utterances = Emissions.an4(file);
        double[] last = new double[utterances.size()];
        Arrays.fill(last, Double.NEGATIVE_INFINITY);
        for (int width : new int[] {10, 20, 50, 100, 200}) {
            BeamSearchDecoder decoder = builder().optBeamWidth(width).build();
            double gain = 0;
            for (int i = 0; i < last.length; i++) {
                Utterance utterance = utterances.get(i);
                double score = decoder.decode(utterance.emissions(), utterance.frames()).score();
                assertThat(score).isGreaterThanOrEqualTo(last[i] - 0.5);
                gain += score - last[i];
                last[i] = score;
            }
            assertThat(gain).isNotNegative();
        }
    }
}
