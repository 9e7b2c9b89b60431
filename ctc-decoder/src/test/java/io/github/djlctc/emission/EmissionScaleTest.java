package io.github.djlctc.emission;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class EmissionScaleTest {

    private static final float NEVER = Float.NEGATIVE_INFINITY;

    private static float[] floats(String values) {
        String[] words = values.trim().split(" +", -1);
        float[] floats = new float[words.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = Float.parseFloat(words[i]);
        }
        return floats;
    }

    @Test
    void ofProbabilitiesTheNaturalLogarithmIsTaken() {
        float[] probabilities = {0.5f, 0.25f, 0.25f, 0, 0, 1};
        float[] logits = EmissionScale.PROBABILITIES.toLogits(probabilities, 2, 3);
        assertThat(logits)
                .containsExactly(
                        new float[] {-0.6931472f, -1.3862944f, -1.3862944f, NEVER, NEVER, 0},
                        within(1e-7f));
        assertThat(probabilities).containsExactly(0.5f, 0.25f, 0.25f, 0, 0, 1);
    }

    @Test
    void logitsStayAsTheyAre() {
        float[] logits = {0, 0, 3, 0.2f, 0.3f, 0.5f};
        assertThat(EmissionScale.LOGITS.toLogits(logits, 2, 3)).isSameAs(logits);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0.5 0.5 0    | a softmax",
                "0 0 1        | one class alone",
                "0.5 0.4995 0 | a sum within 0.001",
                "0 1.0000001 0 | rounding above 1"
            })
    void framesThatAllLookLikeProbabilitiesAreNoLogits(String values, String why) {
        assertThatThrownBy(() -> EmissionScale.LOGITS.toLogits(floats(values + " " + values), 2, 3))
                .as(why)
                .isInstanceOf(EmissionScaleException.class)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "frames 0 to 1: the class scores are all from 0 to 1 and add up to 1 in"
                                + " each frame, as probabilities do, but logits or log"
                                + " probabilities are expected; if they are probabilities, set"
                                + " EmissionScale.PROBABILITIES; if they are logits, add 1 to all"
                                + " of them, which changes no result");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 0 1 0 0 0           | a frame of zeros",
                "0 0 1 0.5 0.49 0      | a sum 0.01 below 1",
                "0 0 1 0.5 0.51 0      | a sum 0.01 above 1",
                "0 0 1 -0.5 0.5 1      | a negative score",
                "0 0 1 NaN 0 1         | NaN",
                "-Infinity 0 -Infinity | a log probability of 0",
            })
    void aFrameThatLooksOtherwiseShowsThatTheyAreLogits(String values, String why) {
        float[] logits = floats(values);
        assertThat(EmissionScale.LOGITS.toLogits(logits, logits.length / 3, 3))
                .as(why)
                .isSameAs(logits);
    }

    @Test
    void aConstantMoreSavesLogitsThatLookLikeProbabilities() {
        float[] logits = {0, 0, 1};
        assertThatThrownBy(() -> EmissionScale.LOGITS.toLogits(logits, 1, 3))
                .isInstanceOf(EmissionScaleException.class)
                .hasMessageStartingWith("frame 0: the class scores are all from 0 to 1");
        EmissionScale.LOGITS.toLogits(new float[] {1, 1, 2}, 1, 3);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0.5 0.5 0  -0.25 1.25 0 | frame 1: a class has the score -0.25, but a probability is 0 or more",
                "0.5 0.5 0  0 1.25 0 | frame 1: a class has the score 1.25, but a probability is 1 or less",
                "0.5 0.5 0  0.5 0.25 0 | frame 1: the scores add up to 0.75, but probabilities add up to 1",
                "0 0 0      0 1 0 | frame 0: the scores add up to 0.0",
                "0 -Infinity -Infinity | frame 0: a class has the score -Infinity",
                "0 Infinity 0 | frame 0: a class has the score Infinity",
            })
    void whatIsNoProbabilityNamesFrameAndValue(String values, String message) {
        float[] scores = floats(values);
        assertThatThrownBy(() -> EmissionScale.PROBABILITIES.toLogits(scores, scores.length / 3, 3))
                .isInstanceOf(EmissionScaleException.class)
                .hasMessageStartingWith(message)
                .hasMessageContaining("if they are logits or log probabilities, set")
                .hasMessageContaining("EmissionScale.LOGITS");
    }

    @Property(tries = 200, seed = "1")
    void aSoftmaxInHalfPrecisionIsOfProbabilities(
            @ForAll @IntRange(min = 2, max = 9000) int classes, @ForAll int seed) {
        Random random = new Random(seed);
        double[] exponentials = new double[classes];
        double sum = 0;
        for (int id = 0; id < classes; id++) {
            exponentials[id] = Math.exp(4 * random.nextGaussian());
            sum += exponentials[id];
        }
        float[] halves = new float[classes];
        for (int id = 0; id < classes; id++) {
            halves[id] = roundToHalf(exponentials[id] / sum);
        }
        assertThat(EmissionScale.PROBABILITIES.toLogits(halves, 1, classes)).hasSize(classes);
    }

    /** Rounds to 11 significant bits, and below 2^-14 to multiples of 2^-24. */
    private static float roundToHalf(double value) {
        double unit = Math.max(Math.ulp((float) value) * 0x1p13, 0x1p-24);
        return (float) (Math.rint(value / unit) * unit);
    }

    @Test
    void noFramesAreOfEitherScale() {
        for (EmissionScale scale : EmissionScale.values()) {
            assertThat(scale.toLogits(new float[0], 0, 3)).isEmpty();
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> scale.toLogits(new float[4], 1, 3))
                    .withMessageContaining("emissions of 1 frames hold 4 values");
        }
    }

    @Test
    void notANumberIsLeftToTheSearch() {
        assertThat(EmissionScale.PROBABILITIES.toLogits(new float[] {0.5f, Float.NaN}, 1, 2)[1])
                .isNaN();
    }

    @Test
    void ofPartsAnEarlierFrameShowsThatTheyAreLogits() {
        EmissionScaleCheck check = new EmissionScaleCheck(EmissionScale.LOGITS);
        float[] alike = {0, 1};
        assertThatThrownBy(() -> check.toLogits(alike, 7, 1, 2))
                .isInstanceOf(EmissionScaleException.class)
                .hasMessageStartingWith("frame 7: ");
        check.toLogits(new float[] {0, 2}, 8, 1, 2);
        assertThat(check.toLogits(alike, 9, 1, 2)).isSameAs(alike);
    }
}
