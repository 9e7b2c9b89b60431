package io.github.djlctc.decode;

import io.github.djlctc.emission.EmissionScale;
import io.github.djlctc.emission.EmissionScaleException;
import io.github.djlctc.emission.InvalidEmissionException;
import io.github.djlctc.lm.Lexicon;
import io.github.djlctc.text.Alphabet;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

/** Decoding of probabilities gives what decoding of their logarithms gives. */
class ProbabilitiesTest {

    private static final Alphabet LETTERS = Alphabet.ofCharacters(" ab");
    private static final int CLASSES = 4;

    /** Ways to search. */
    enum Search {
        GREEDY,
        BEAM,
        WORD_MODEL,
        TOKEN_MODEL,
        LEXICON,
        PRIOR,
        MINIMUM_BAYES_RISK;

        CTCDecoder decoder(EmissionScale scale) {
            if (this == GREEDY) {
                return new GreedyDecoder(LETTERS, scale);
            }
            BeamSearchDecoder.Builder builder =
                    BeamSearchDecoder.builder().setAlphabet(LETTERS).optEmissionScale(scale);
            switch (this) {
                case WORD_MODEL -> builder.optLanguageModel(SmallModels.WORDS);
                case TOKEN_MODEL ->
                        builder.optLanguageModel(SmallModels.TOKENS)
                                .optLanguageModelUnit(LanguageModelUnit.TOKEN);
                case LEXICON -> builder.optLexicon(Lexicon.of(List.of("ab", "ba", "bab")));
                case PRIOR -> builder.optLabelPrior(prior(), 0.5);
                case MINIMUM_BAYES_RISK -> builder.optMinimumBayesRisk(5);
                default -> {}
            }
            return builder.build();
        }

        private static LabelPrior prior() {
            return LabelPrior.estimate(
                    LETTERS, List.of(Emissions.random(new Random(7), 40, CLASSES, 2)));
        }
    }

    /** Softmax of random logits, of which a third of the classes are impossible. */
    private static float[] probabilities(Random random, int frames) {
        float[] probabilities = new float[frames * CLASSES];
        for (int from = 0; from < probabilities.length; from += CLASSES) {
            double sum = 0;
            for (int i = from; i < from + CLASSES; i++) {
                boolean possible = i == from + 2 || random.nextInt(3) > 0;
                probabilities[i] = possible ? (float) Math.exp(2 * random.nextGaussian()) : 0;
                sum += probabilities[i];
            }
            for (int i = from; i < from + CLASSES; i++) {
                probabilities[i] /= (float) sum;
            }
        }
        return probabilities;
    }

    private static float[] logarithms(float[] probabilities) {
        float[] logarithms = new float[probabilities.length];
        for (int i = 0; i < logarithms.length; i++) {
            logarithms[i] = (float) Math.log(probabilities[i]);
        }
        return logarithms;
    }

    @ParameterizedTest
    @EnumSource
    void everySearchTakesThem(Search search) {
        CTCDecoder decoder = search.decoder(EmissionScale.PROBABILITIES);
        CTCDecoder ofLogits = search.decoder(EmissionScale.LOGITS);
        Random random = new Random(3);
        for (int sample = 0; sample < 50; sample++) {
            float[] probabilities = probabilities(random, 12);
            Hypothesis expected = ofLogits.decode(logarithms(probabilities), 12);
            assertThat(decoder.decode(probabilities, 12)).isEqualTo(expected);
            assertThat(decoder.decodeBatch(List.of(probabilities), 1)).containsExactly(expected);
            assertThat(expected.score()).isNotNaN();
        }
    }

    @ParameterizedTest
    @EnumSource
    void certainFramesLeaveOneText(Search search) {
        float[] certain = Emissions.of(CLASSES, 1, 0, 2, 0, 3, 3, 1, 3, 2, 0);
        Hypothesis hypothesis = search.decoder(EmissionScale.PROBABILITIES).decode(certain, 9);
        assertThat(hypothesis.text()).isEqualTo("ab ba");
        assertThat(hypothesis.acousticScore()).isCloseTo(0, within(1e-6));
        assertThat(hypothesis.words()).allSatisfy(w -> assertThat(w.confidence()).isPositive());
    }

    @ParameterizedTest
    @EnumSource
    void whereLogitsArePromisedTheyAreAnError(Search search) {
        CTCDecoder decoder = search.decoder(EmissionScale.LOGITS);
        float[] probabilities = probabilities(new Random(4), 5);
        float[] logits = Emissions.of(CLASSES, 6, 2, 0);
        assertThatThrownBy(() -> decoder.decode(probabilities, 5))
                .isInstanceOf(EmissionScaleException.class)
                .hasMessageStartingWith("frames 0 to 4: the class scores are all from 0 to 1")
                .hasMessageContaining("EmissionScale.PROBABILITIES");
        assertThatThrownBy(() -> decoder.decodeBatch(List.of(logits, probabilities), 2))
                .isInstanceOf(EmissionScaleException.class)
                .hasMessageStartingWith("sample 1, frames 0 to 4: ");
    }

    @Test
    void logitsAreNoProbabilities() {
        for (Search search : Search.values()) {
            CTCDecoder decoder = search.decoder(EmissionScale.PROBABILITIES);
            assertThatThrownBy(() -> decoder.decode(Emissions.of(CLASSES, 6, 2, 0), 2))
                    .isInstanceOf(EmissionScaleException.class)
                    .hasMessageStartingWith("frame 0: a class has the score 6.0");
        }
    }

    @Test
    void notANumberNamesTheFrame() {
        for (Search search : Search.values()) {
            float[] probabilities = probabilities(new Random(5), 3);
            probabilities[2 * CLASSES + 1] = Float.NaN;
            CTCDecoder decoder = search.decoder(EmissionScale.PROBABILITIES);
            assertThatThrownBy(() -> decoder.decode(probabilities, 3))
                    .isInstanceOf(InvalidEmissionException.class)
                    .hasMessageStartingWith("frame 2");
        }
    }

    @Test
    void theLabelPriorIsThatOfTheirLogarithms() {
        List<float[]> samples =
                List.of(probabilities(new Random(1), 9), probabilities(new Random(2), 4));
        LabelPrior expected =
                LabelPrior.estimate(
                        LETTERS, samples.stream().map(ProbabilitiesTest::logarithms).toList());
        LabelPrior prior = LabelPrior.estimate(LETTERS, samples, EmissionScale.PROBABILITIES);
        for (int id = 0; id < CLASSES; id++) {
            assertThat(prior.logProbability(id)).isEqualTo(expected.logProbability(id));
        }
        assertThatThrownBy(() -> LabelPrior.estimate(LETTERS, samples))
                .isInstanceOf(EmissionScaleException.class)
                .hasMessageStartingWith("sample 0, frames 0 to 8: ");
    }

    @Test
    void aStreamOfThemGivesWhatAllAtOnceGive() {
        BeamSearchDecoder decoder =
                (BeamSearchDecoder) Search.WORD_MODEL.decoder(EmissionScale.PROBABILITIES);
        float[] probabilities = probabilities(new Random(6), 20);
        DecodeStream stream = decoder.openStream();
        for (int frame = 0; frame < 20; frame += 5) {
            stream.accept(Emissions.frames(probabilities, CLASSES, frame, frame + 5), 5);
        }
        assertThatThrownBy(() -> stream.accept(new float[] {1, 1, 1, 1}, 1))
                .isInstanceOf(EmissionScaleException.class)
                .hasMessageStartingWith("frame 20: the scores add up to 4.0");
        assertThat(stream.finish()).isEqualTo(decoder.search(probabilities, 20));
    }

    @Test
    void aStreamOfLogitsRefusesAPartThatLooksOtherwise() {
        BeamSearchDecoder decoder = (BeamSearchDecoder) Search.BEAM.decoder(EmissionScale.LOGITS);
        float[] likeProbabilities = Emissions.of(CLASSES, 1, 2, 0);
        float[] logits = Emissions.of(CLASSES, 6, 2, 0, 3);
        DecodeStream stream = decoder.openStream();
        stream.accept(new float[0], 0);
        assertThatThrownBy(() -> stream.accept(likeProbabilities, 2))
                .isInstanceOf(EmissionScaleException.class)
                .hasMessageStartingWith("frames 0 to 1: ");
        stream.accept(logits, 3);
        stream.accept(likeProbabilities, 2);
        float[] taken = Arrays.copyOf(logits, 5 * CLASSES);
        System.arraycopy(likeProbabilities, 0, taken, 3 * CLASSES, 2 * CLASSES);
        assertThat(stream.finish()).isEqualTo(decoder.search(taken, 5));
    }
}
