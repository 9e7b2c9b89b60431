package io.github.djlctc.decode;

import io.github.djlctc.emission.TokenSpan;
import io.github.djlctc.emission.WordSpan;
import io.github.djlctc.text.Alphabet;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** The confidence is the posterior in the beam times the square root of the acoustic confidence. */
class ConfidenceTest {

    private static final Alphabet LETTERS = Alphabet.ofCharacters(" ab");

    @Test
    void isThatOfItsBestFramesWhereTheBeamAgrees() {
        float[] emissions = Emissions.of(4, 30, 2, 0, 1, 3);

        Hypothesis best = decoder().search(emissions, 4).best();

        assertThat(best.text()).isEqualTo("a b");
        assertThat(best.words()).allMatch(word -> word.confidence() > 1 - 1e-9);
        assertThat(best.tokens()).allMatch(token -> token.confidence() > 1 - 1e-9);
    }

    @Test
    void sharesBetweenWordsThatAreAsLikely() {
        // The second word is "a" or "b" in its only frame, with the odds 3 to 1.
        float[] emissions = Emissions.of(4, 60, 2, 1, 2);
        emissions[2 * 4 + 3] = emissions[2 * 4 + 2] - (float) Math.log(3);

        Hypothesis best = decoder().search(emissions, 3).best();

        assertThat(best.text()).isEqualTo("a a");
        assertThat(best.words().get(0).confidence()).isCloseTo(1, within(1e-6));
        assertThat(best.words().get(1).confidence())
                .isCloseTo(0.75 * Math.sqrt(0.75), within(1e-6));
        assertThat(best.tokens().get(2).confidence())
                .isCloseTo(0.75 * Math.sqrt(0.75), within(1e-6));
    }

    @Test
    void isThePosteriorOverTheWholeBeam() {
        Random random = new Random(5);
        BeamSearchDecoder decoder = decoder();
        for (int sample = 0; sample < 50; sample++) {
            float[] emissions = Emissions.random(random, 8, 4, 2);
            List<Hypothesis> beam = decoder.search(emissions, 8).nBest();
            for (Hypothesis hypothesis : beam.subList(0, Math.min(5, beam.size()))) {
                for (WordSpan word : hypothesis.words()) {
                    double acoustic = Math.exp(meanLogProbability(hypothesis, word));
                    assertThat(word.confidence())
                            .isCloseTo(posterior(word, beam) * Math.sqrt(acoustic), within(1e-9));
                }
            }
        }
    }

    private static BeamSearchDecoder decoder() {
        return BeamSearchDecoder.builder()
                .setAlphabet(LETTERS)
                .optBeamWidth(100)
                .optBeamThreshold(Double.POSITIVE_INFINITY)
                .optTokenMinLogProbability(Double.NEGATIVE_INFINITY)
                .optNBest(100)
                .build();
    }

    private static double meanLogProbability(Hypothesis hypothesis, WordSpan word) {
        return hypothesis.tokens().stream()
                .filter(token -> token.id() != 1)
                .filter(token -> token.startFrame() >= word.startFrame())
                .filter(token -> token.endFrame() <= word.endFrame())
                .mapToDouble(TokenSpan::logProbability)
                .average()
                .orElseThrow();
    }

    private static double posterior(WordSpan word, List<Hypothesis> beam) {
        double same = 0;
        double all = 0;
        for (Hypothesis other : beam) {
            double weight = Math.exp(other.score() - beam.get(0).score());
            all += weight;
            boolean has =
                    other.words().stream()
                            .filter(w -> w.word().equals(word.word()))
                            .filter(w -> w.startFrame() < word.endFrame())
                            .anyMatch(w -> w.endFrame() > word.startFrame());
            same += has ? weight : 0;
        }
        return same / all;
    }
}
