package io.github.djlctc.decode;

import io.github.djlctc.emission.TokenSpan;
import io.github.djlctc.emission.WordSpan;
import io.github.djlctc.text.Alphabet;
import io.github.djlctc.text.SubwordStyle;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.api.recursive.comparison.RecursiveComparisonConfiguration;
import org.assertj.core.util.DoubleComparator;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class HypothesisTest {

    private static final Alphabet LETTERS = Alphabet.ofCharacters(" ab");
    private static final RecursiveComparisonConfiguration NEARLY =
            RecursiveComparisonConfiguration.builder()
                    .withComparatorForType(new DoubleComparator(1e-12), Double.class)
                    .build();

    /** Token number i lasts from frame 10 i to 10 i + 3 and has the log probability -i - 1. */
    private static Hypothesis of(Alphabet alphabet, int... ids) {
        List<TokenSpan> tokens = new ArrayList<>();
        for (int i = 0; i < ids.length; i++) {
            tokens.add(new TokenSpan(ids[i], alphabet.token(ids[i]), 10 * i, 10 * i + 3, -i - 1));
        }
        return Hypothesis.of(alphabet, tokens, -42);
    }

    @Test
    void delimitersSeparateWords() {
        Hypothesis hypothesis = of(LETTERS, 1, 2, 3, 1, 1, 3, 1);
        assertThat(hypothesis.text()).isEqualTo("ab b");
        assertThat(hypothesis.words())
                .usingRecursiveFieldByFieldElementComparator(NEARLY)
                .containsExactly(
                        new WordSpan("ab", 10, 23, -5, Math.exp(-2.5)),
                        new WordSpan("b", 50, 53, -6, Math.exp(-6)));
        assertThat(hypothesis.ids()).containsExactly(1, 2, 3, 1, 1, 3, 1);
        assertThat(hypothesis.score()).isEqualTo(-42);
    }

    @Test
    void subwordMarksSeparateWords() {
        Alphabet alphabet =
                Alphabet.builder()
                        .setTokens(List.of("<blank>", "▁of▁the", "n", "▁", "<unk>"))
                        .optSubwords(SubwordStyle.SENTENCEPIECE)
                        .build();
        Hypothesis hypothesis = of(alphabet, 1, 2, 4, 2, 3, 2);
        assertThat(hypothesis.text()).isEqualTo("of thenn n");
        assertThat(hypothesis.words())
                .usingRecursiveFieldByFieldElementComparator(NEARLY)
                .containsExactly(
                        new WordSpan("of", 0, 3, -1, Math.exp(-1)),
                        new WordSpan("thenn", 0, 33, -7, Math.exp(-7.0 / 3)),
                        new WordSpan("n", 50, 53, -6, Math.exp(-6)));
    }

    @Test
    void noTokensAreAnEmptyText() {
        assertThat(of(LETTERS)).isEqualTo(new Hypothesis("", List.of(), List.of(), -42, -42, 0));
    }

    @Property(seed = "1")
    void theTextIsWhatTheAlphabetDecodes(@ForAll List<@IntRange(min = 1, max = 3) Integer> path) {
        int[] ids = path.stream().mapToInt(Integer::intValue).toArray();
        Hypothesis hypothesis = of(LETTERS, ids);
        assertThat(hypothesis.text()).isEqualTo(LETTERS.decode(ids));
        double letters =
                hypothesis.tokens().stream()
                        .filter(token -> token.id() != 1)
                        .mapToDouble(TokenSpan::logProbability)
                        .sum();
        assertThat(hypothesis.words().stream().mapToDouble(WordSpan::logProbability).sum())
                .isCloseTo(letters, within(1e-9));
    }
}
