package io.github.djlctc.decode;

import io.github.djlctc.emission.InvalidEmissionException;
import io.github.djlctc.emission.TokenSpan;
import io.github.djlctc.text.Alphabet;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class GreedyDecoderTest {

    private static final Alphabet LETTERS = Alphabet.ofCharacters(" ab");
    private static final int CLASSES = 4;
    private static final float LOW = (float) Math.log(0.1);

    private final GreedyDecoder decoder = new GreedyDecoder(LETTERS);

    /** Log probabilities: 0.7 for the class of each frame, 0.1 for the others. */
    private static float[] emissions(int... path) {
        float[] emissions = new float[path.length * CLASSES];
        for (int frame = 0; frame < path.length; frame++) {
            for (int id = 0; id < CLASSES; id++) {
                emissions[frame * CLASSES + id] = id == path[frame] ? (float) Math.log(0.7) : LOW;
            }
        }
        return emissions;
    }

    @Test
    void repeatsCollapseAndBlanksVanish() {
        int[] path = {0, 2, 2, 0, 2, 3, 1, 1, 0, 3};
        Hypothesis hypothesis = decoder.decode(emissions(path), path.length);
        assertThat(hypothesis.text()).isEqualTo("aab b");
        assertThat(hypothesis.ids()).containsExactly(2, 2, 3, 1, 3);
        assertThat(hypothesis.tokens())
                .extracting(TokenSpan::startFrame)
                .containsExactly(1, 4, 5, 6, 9);
        assertThat(hypothesis.tokens())
                .extracting(TokenSpan::endFrame)
                .containsExactly(3, 5, 6, 8, 10);
        assertThat(hypothesis.tokens())
                .allSatisfy(
                        token ->
                                assertThat(token.logProbability())
                                        .isCloseTo(Math.log(0.7), within(1e-6)));
        assertThat(hypothesis.score()).isCloseTo(10 * Math.log(0.7), within(1e-6));
    }

    @Test
    void theBestFrameGivesATokenItsLogProbability() {
        float[] logits = {0, 0, 1, 0, 0, 0, 3, 0, 0, 0, 2, 0};
        Hypothesis hypothesis = decoder.decode(logits, 3);
        double best = 3 - Math.log(Math.exp(3) + 3);
        assertThat(hypothesis.tokens()).hasSize(1);
        assertThat(hypothesis.tokens().get(0).logProbability()).isCloseTo(best, within(1e-12));
        double others = 1 - Math.log(Math.exp(1) + 3) + 2 - Math.log(Math.exp(2) + 3);
        assertThat(hypothesis.score()).isCloseTo(best + others, within(1e-12));
    }

    @Test
    void theBlankMayBeAnyClass() {
        GreedyDecoder lastIsBlank = new GreedyDecoder(LETTERS.toBuilder().optBlank(3).build());
        assertThat(lastIsBlank.decode(emissions(3, 2, 3, 2), 4).text()).isEqualTo("aa");
    }

    @Test
    void noFramesAreAnEmptyText() {
        assertThat(decoder.decode(new float[0], 0))
                .isEqualTo(new Hypothesis("", List.of(), List.of(), 0, 0, 0));
    }

    @Test
    void ofEqualClassesTheLowestIsTaken() {
        assertThat(decoder.decode(new float[] {-1, 2, 2, 2}, 1).ids()).containsExactly(1);
    }

    @Test
    void someImpossibleClassesAreFine() {
        float never = Float.NEGATIVE_INFINITY;
        Hypothesis hypothesis = decoder.decode(new float[] {never, never, 5, never}, 1);
        assertThat(hypothesis.text()).isEqualTo("a");
        assertThat(hypothesis.score()).isZero();
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY})
    void unusableScoresNameTheFrame(float value) {
        for (int id = 0; id < CLASSES; id++) {
            float[] emissions = emissions(0, 1, 2, 3);
            emissions[2 * CLASSES + id] = value;
            assertThatThrownBy(() -> decoder.decode(emissions, 4))
                    .isInstanceOf(InvalidEmissionException.class)
                    .hasMessageStartingWith("frame 2: the class scores hold NaN");
        }
    }

    @Test
    void framesWithoutAPossibleClassAreUnusable() {
        float never = Float.NEGATIVE_INFINITY;
        assertThatThrownBy(() -> decoder.decode(new float[] {never, never, never, never}, 1))
                .isInstanceOf(InvalidEmissionException.class)
                .hasMessageStartingWith("frame 0");
    }

    @Test
    void valuesMustFillTheFrames() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> decoder.decode(new float[15], 3))
                .withMessageContaining("emissions of 3 frames hold 15 values")
                .withMessageContaining("each frame must hold 4, one for each token");
        assertThatIllegalArgumentException().isThrownBy(() -> decoder.decode(new float[0], -1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> decoder.decode(new float[0], 1 << 30));
    }

    @Property(seed = "1")
    void logitsAndLogProbabilitiesDecodeAlike(
            @ForAll @IntRange(max = 30) int frames, @ForAll int seed) {
        Random random = new Random(seed);
        float[] logits = new float[frames * CLASSES];
        float[] logProbabilities = new float[logits.length];
        for (int from = 0; from < logits.length; from += CLASSES) {
            double sum = 0;
            for (int id = from; id < from + CLASSES; id++) {
                logits[id] = (float) (5 * random.nextGaussian());
                sum += Math.exp(logits[id]);
            }
            for (int id = from; id < from + CLASSES; id++) {
                logProbabilities[id] = (float) (logits[id] - Math.log(sum));
            }
        }
        Hypothesis expected = decoder.decode(logits, frames);
        Hypothesis actual = decoder.decode(logProbabilities, frames);
        assertThat(actual.ids()).isEqualTo(expected.ids());
        assertThat(actual.score()).isCloseTo(expected.score(), within(1e-4));
    }

    @Property(seed = "1")
    void tokensAreTheRunsOfThePath(
            @ForAll @Size(max = 40) List<@IntRange(max = CLASSES - 1) Integer> path) {
        int[] ids = path.stream().mapToInt(Integer::intValue).toArray();
        Hypothesis hypothesis = decoder.decode(emissions(ids), ids.length);
        List<Integer> expected = new ArrayList<>();
        for (int frame = 0; frame < ids.length; frame++) {
            boolean repeats = frame > 0 && ids[frame] == ids[frame - 1];
            if (!repeats && ids[frame] != LETTERS.blank()) {
                expected.add(ids[frame]);
            }
        }
        assertThat(hypothesis.tokens()).extracting(TokenSpan::id).isEqualTo(expected);
        for (TokenSpan token : hypothesis.tokens()) {
            assertThat(path.subList(token.startFrame(), token.endFrame())).containsOnly(token.id());
        }
    }
}
