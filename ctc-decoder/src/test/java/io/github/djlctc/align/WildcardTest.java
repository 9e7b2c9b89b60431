package io.github.djlctc.align;

import io.github.djlctc.emission.TokenSpan;
import io.github.djlctc.emission.WordSpan;
import io.github.djlctc.text.Alphabet;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Arrays;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

class WildcardTest {

    private static final Alphabet LETTERS = Alphabet.ofCharacters(" abc");
    private static final int CLASSES = LETTERS.size();
    private static final double HIGH = Math.log(0.6);
    private static final double LOW = Math.log(0.1);

    private final ForcedAligner aligner = withPenalty(0);

    private static ForcedAligner withPenalty(double penalty) {
        return ForcedAligner.builder().setAlphabet(LETTERS).optWildcard("*", penalty).build();
    }

    /** Probability 0.6 for the class of each frame, a letter or {@code _} for the blank. */
    private static float[] emissions(String path) {
        float[] emissions = new float[path.length() * CLASSES];
        Arrays.fill(emissions, (float) LOW);
        for (int frame = 0; frame < path.length(); frame++) {
            emissions[frame * CLASSES + "_ abc".indexOf(path.charAt(frame))] = (float) HIGH;
        }
        return emissions;
    }

    private static Alignment align(ForcedAligner aligner, String path, String text) {
        return aligner.align(emissions(path), path.length(), text);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.5})
    void aWordIsFoundInLongerSpeech(double penalty) {
        Alignment alignment = align(withPenalty(penalty), "cbc bb__ab_bb c_b", "* abb *");
        assertThat(alignment.words())
                .extracting(WordSpan::word, WordSpan::startFrame, WordSpan::endFrame)
                .containsExactly(tuple("abb", 8, 13));
        assertThat(alignment.tokens())
                .extracting(TokenSpan::token, TokenSpan::startFrame, TokenSpan::endFrame)
                .containsExactly(tuple("a", 8, 9), tuple("b", 9, 10), tuple("b", 11, 13));
        int speechOfWildcards = 9; // "cbc bb", " c" and "b" at the end; blanks are free
        assertThat(alignment.score())
                .isCloseTo(17 * HIGH - speechOfWildcards * penalty, within(1e-6));
    }

    @Test
    void aWildcardPartsWordsWithoutADelimiter() {
        Alignment alignment = align(aligner, "a_ccc_b", "a * b");
        assertThat(alignment.words())
                .extracting(WordSpan::word, WordSpan::startFrame, WordSpan::endFrame)
                .containsExactly(tuple("a", 0, 1), tuple("b", 6, 7));
        assertThat(alignment.tokens()).extracting(TokenSpan::token).containsExactly("a", "b");
    }

    @Test
    void aWildcardMayBeEmpty() {
        assertThat(align(aligner, "ab", "* a * b *").score()).isCloseTo(2 * HIGH, within(1e-6));
    }

    @Test
    void severalWildcardsAreOne() {
        assertThat(align(aligner, "ccacc", " * *  a * "))
                .isEqualTo(align(aligner, "ccacc", "* a *"));
    }

    @Test
    void aWildcardAloneTakesEverything() {
        Alignment alignment = align(aligner, "cab", "*");
        assertThat(alignment.tokens()).isEmpty();
        assertThat(alignment.words()).isEmpty();
        assertThat(alignment.score()).isCloseTo(3 * HIGH, within(1e-6));
        assertThat(align(aligner, "", "*").score()).isZero();
    }

    @Test
    void withAHighPenaltyWildcardsAreBlanks() {
        Alignment blanks =
                ForcedAligner.builder()
                        .setAlphabet(LETTERS)
                        .build()
                        .align(emissions("ccacbc"), 6, new int[] {2, 3});
        Alignment wild = align(withPenalty(100), "ccacbc", "* a * b *");
        assertThat(wild.tokens()).isEqualTo(blanks.tokens());
        assertThat(wild.score()).isEqualTo(blanks.score());
    }

    @Test
    void wildcardsHaveNoLettersInThem() {
        assertThat(align(aligner, "cab", "cab").tokens()).hasSize(3);
        assertThatIllegalArgumentException().isThrownBy(() -> align(aligner, "cab", "c*b"));
    }

    @Test
    void theWildcardIsFoundBeforeTheTextIsNormalised() {
        ForcedAligner other =
                ForcedAligner.builder().setAlphabet(LETTERS).optWildcard("<any>").build();
        assertThat(align(other, "ccacc", "<any> a <any>").words()).hasSize(1);
    }

    @Test
    void theWildcardIsOneWord() {
        for (String wildcard : new String[] {"", "a b", " "}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> ForcedAligner.builder().optWildcard(wildcard))
                    .withMessageContaining("must be one word, but is \"" + wildcard + "\"");
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, Double.NaN, Double.POSITIVE_INFINITY})
    void thePenaltyIsFinite(double penalty) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> withPenalty(penalty))
                .withMessageContaining("but is " + penalty);
    }
}
