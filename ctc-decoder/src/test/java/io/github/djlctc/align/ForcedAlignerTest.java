package io.github.djlctc.align;

import io.github.djlctc.emission.EmissionScale;
import io.github.djlctc.emission.EmissionScaleException;
import io.github.djlctc.emission.InvalidEmissionException;
import io.github.djlctc.emission.TokenSpan;
import io.github.djlctc.emission.WordSpan;
import io.github.djlctc.text.Alphabet;
import io.github.djlctc.text.SubwordStyle;
import io.github.djlctc.text.UnknownCharacterException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Arrays;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

class ForcedAlignerTest {

    private static final Alphabet LETTERS = Alphabet.ofCharacters(" ab");
    private static final int CLASSES = 4;
    private static final double HIGH = Math.log(0.7);
    private static final double LOW = Math.log(0.1);

    private final ForcedAligner aligner = ForcedAligner.builder().setAlphabet(LETTERS).build();

    /** Log probabilities: 0.7 for the class of each frame, 0.1 for the others. */
    private static float[] emissions(int... path) {
        float[] emissions = new float[path.length * CLASSES];
        Arrays.fill(emissions, (float) LOW);
        for (int frame = 0; frame < path.length; frame++) {
            emissions[frame * CLASSES + path[frame]] = (float) HIGH;
        }
        return emissions;
    }

    @Test
    void spansAreThoseOfTheBestPath() {
        int[] path = {0, 2, 2, 0, 2, 3, 1, 1, 0, 3};
        Alignment alignment = aligner.align(emissions(path), path.length, "aab b");
        assertThat(alignment.tokens())
                .extracting(
                        TokenSpan::id, TokenSpan::token, TokenSpan::startFrame, TokenSpan::endFrame)
                .containsExactly(
                        tuple(2, "a", 1, 3),
                        tuple(2, "a", 4, 5),
                        tuple(3, "b", 5, 6),
                        tuple(1, " ", 6, 8),
                        tuple(3, "b", 9, 10));
        assertThat(alignment.words())
                .extracting(WordSpan::word, WordSpan::startFrame, WordSpan::endFrame)
                .containsExactly(tuple("aab", 1, 6), tuple("b", 9, 10));
        assertThat(alignment.score()).isCloseTo(10 * HIGH, within(1e-6));
    }

    @Test
    void probabilitiesAlignAsTheirLogarithms() {
        ForcedAligner ofProbabilities =
                ForcedAligner.builder()
                        .setAlphabet(LETTERS)
                        .optEmissionScale(EmissionScale.PROBABILITIES)
                        .build();
        int[] path = {0, 2, 2, 0, 2, 3, 1, 1, 0, 3};
        float[] probabilities = emissions(path);
        float[] certain = new float[probabilities.length];
        for (int i = 0; i < probabilities.length; i++) {
            probabilities[i] = (float) Math.exp(probabilities[i]);
            certain[i] = probabilities[i] > 0.5f ? 1 : 0;
        }
        Alignment alignment = ofProbabilities.align(probabilities, path.length, "aab b");
        Alignment expected = aligner.align(emissions(path), path.length, "aab b");
        assertThat(alignment.words())
                .extracting(WordSpan::word, WordSpan::startFrame, WordSpan::endFrame)
                .containsExactly(tuple("aab", 1, 6), tuple("b", 9, 10));
        assertThat(alignment.score()).isCloseTo(expected.score(), within(1e-5));
        assertThat(ofProbabilities.align(certain, path.length, "aab b").score()).isZero();
        assertThatThrownBy(() -> ofProbabilities.align(certain, path.length, "bab b"))
                .isInstanceOf(UnalignableTextException.class);
        assertThatThrownBy(() -> aligner.align(probabilities, path.length, "aab b"))
                .isInstanceOf(EmissionScaleException.class)
                .hasMessageStartingWith("frames 0 to 9: the class scores are all from 0 to 1");
    }

    @Test
    void whatWasNotSaidHasLowConfidence() {
        int[] path = {2, 0, 1, 0, 3, 0};
        Alignment alignment = aligner.align(emissions(path), path.length, "a bab");
        assertThat(alignment.tokens())
                .extracting(TokenSpan::token)
                .containsExactly("a", " ", "b", "a", "b");
        assertThat(alignment.words())
                .satisfiesExactly(
                        said -> assertThat(said.confidence()).isCloseTo(0.7, within(1e-6)),
                        wrong -> assertThat(wrong.confidence()).isLessThan(0.3));
        assertThat(alignment.tokens().get(4).logProbability()).isCloseTo(LOW, within(1e-6));
    }

    @Test
    void theBestFrameGivesATokenItsLogProbability() {
        float[] logits = {0, 0, 1, 0, 0, 0, 3, 0, 0, 0, 2, 0};
        TokenSpan token = aligner.align(logits, 3, "a").tokens().get(0);
        double best = 3 - Math.log(Math.exp(3) + 3);
        assertThat(token.logProbability()).isCloseTo(best, within(1e-12));
        assertThat(token.confidence()).isCloseTo(Math.exp(best), within(1e-12));
        assertThat(token.endFrame()).isEqualTo(3);
    }

    @Test
    void equalTokensNeedABlankBetweenThem() {
        Alignment alignment = aligner.align(emissions(2, 2, 2), 3, "aa");
        assertThat(alignment.tokens())
                .extracting(TokenSpan::startFrame, TokenSpan::endFrame)
                .containsExactly(tuple(0, 1), tuple(2, 3));
        assertThat(alignment.score()).isCloseTo(2 * HIGH + LOW, within(1e-6));
    }

    @Test
    void theBlankMayBeAnyClass() {
        Alphabet lastIsBlank = LETTERS.toBuilder().optBlank(3).build();
        ForcedAligner other = ForcedAligner.builder().setAlphabet(lastIsBlank).build();
        assertThat(other.align(emissions(3, 2, 3, 2), 4, new int[] {2, 2}).tokens())
                .extracting(TokenSpan::startFrame)
                .containsExactly(1, 3);
    }

    @Test
    void anEmptyTextIsAllBlank() {
        Alignment alignment = aligner.align(emissions(0, 2, 0), 3, "");
        assertThat(alignment.tokens()).isEmpty();
        assertThat(alignment.words()).isEmpty();
        assertThat(alignment.score()).isCloseTo(2 * HIGH + LOW, within(1e-6));
        assertThat(aligner.align(new float[0], 0, ""))
                .isEqualTo(new Alignment(List.of(), List.of(), 0));
    }

    @Test
    void subwordsJoinToWords() {
        Alphabet pieces =
                Alphabet.builder()
                        .setTokens(List.of("<blank>", "▁hel", "lo", "▁a"))
                        .optSubwords(SubwordStyle.SENTENCEPIECE)
                        .build();
        ForcedAligner subwords = ForcedAligner.builder().setAlphabet(pieces).build();
        assertThat(subwords.align(emissions(1, 0, 2, 3, 0), 5, "hello a").words())
                .extracting(WordSpan::word, WordSpan::startFrame, WordSpan::endFrame)
                .containsExactly(tuple("hello", 0, 3), tuple("a", 3, 4));
    }

    @Test
    void logitsMayBeOfAnySize() {
        float[] logits = emissions(0, 2, 0, 3);
        for (int i = 0; i < logits.length; i++) {
            logits[i] += (i / CLASSES - 1) * 100;
        }
        assertThat(aligner.align(logits, 4, "ab").score()).isCloseTo(4 * HIGH, within(1e-4));
    }

    @Test
    void aTextThatNeedsMoreFramesIsRefused() {
        assertThat(aligner.align(emissions(2, 0, 2, 3), 4, "aab").tokens()).hasSize(3);
        assertThatThrownBy(() -> aligner.align(emissions(2, 2, 3), 3, "aab"))
                .isInstanceOf(UnalignableTextException.class)
                .hasMessageContaining("needs at least 4 frames")
                .hasMessageContaining("its 3 tokens")
                .hasMessageContaining("its 1 pairs of equal tokens")
                .hasMessageContaining("the emissions have 3; check");
    }

    @Test
    void aTextOfProbabilityZeroIsRefused() {
        float[] emissions = emissions(2, 2, 2);
        for (int frame = 0; frame < 3; frame++) {
            emissions[frame * CLASSES + 3] = Float.NEGATIVE_INFINITY;
        }
        assertThat(aligner.align(emissions, 3, "a").tokens()).hasSize(1);
        assertThatThrownBy(() -> aligner.align(emissions, 3, "ab"))
                .isInstanceOf(UnalignableTextException.class)
                .hasMessageContaining("has probability 0")
                .hasMessageContaining("finite score");
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY})
    void unusableScoresNameTheFrame(float value) {
        float[] emissions = emissions(0, 1, 2, 3);
        emissions[2 * CLASSES + 1] = value;
        assertThatThrownBy(() -> aligner.align(emissions, 4, "a"))
                .isInstanceOf(InvalidEmissionException.class)
                .hasMessageStartingWith("frame 2: the class scores hold NaN");
    }

    @Test
    void framesWithoutAPossibleClassAreUnusable() {
        float[] emissions = new float[CLASSES];
        Arrays.fill(emissions, Float.NEGATIVE_INFINITY);
        assertThatThrownBy(() -> aligner.align(emissions, 1, ""))
                .isInstanceOf(InvalidEmissionException.class)
                .hasMessageStartingWith("frame 0");
    }

    @Test
    void valuesMustFillTheFrames() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> aligner.align(new float[15], 3, "a"))
                .withMessageContaining("emissions of 3 frames hold 15 values");
        assertThatIllegalArgumentException().isThrownBy(() -> aligner.align(new float[0], -1, ""));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 4})
    void targetsMustBeTokens(int target) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> aligner.align(emissions(1, 2), 2, new int[] {2, target}))
                .withMessage(
                        "target 1 is "
                                + target
                                + ", but targets must be ids of the alphabet, 0..3, without the"
                                + " blank 0; leave out blanks and padding");
    }

    @Test
    void textsMustBeOfTheAlphabet() {
        assertThatThrownBy(() -> aligner.align(emissions(1, 2), 2, "ax"))
                .isInstanceOf(UnknownCharacterException.class);
    }

    @Test
    void anAlphabetIsNeeded() {
        assertThatNullPointerException()
                .isThrownBy(() -> ForcedAligner.builder().build())
                .withMessageContaining("setAlphabet");
    }
}
