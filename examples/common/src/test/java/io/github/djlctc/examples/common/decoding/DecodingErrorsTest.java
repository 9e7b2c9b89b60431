package io.github.djlctc.examples.common.decoding;

import io.github.djlctc.examples.common.WordErrorUnit;

import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class DecodingErrorsTest {

    private static final DecodingErrors FEW_CHARACTERS = errors("TURN LEFT NOV");
    private static final DecodingErrors MANY_CHARACTERS = errors("TURN LEFT THEN");
    private static final DecodingErrors TWO_WORDS = errors("TORN LEFT NOV");

    private static DecodingErrors errors(String hypothesis) {
        return DecodingErrors.count(
                WordErrorUnit.WORD, List.of("TURN LEFT NOW"), List.of(hypothesis));
    }

    @Test
    void wordErrorsDecideAndNotThoseOfCharacters() {
        assertThat(MANY_CHARACTERS.characters().errors())
                .isGreaterThan(TWO_WORDS.characters().errors());
        assertThat(MANY_CHARACTERS.hasNoMoreWordErrorsThan(FEW_CHARACTERS)).isTrue();
        assertThat(FEW_CHARACTERS.hasNoMoreWordErrorsThan(MANY_CHARACTERS)).isTrue();
        assertThat(MANY_CHARACTERS.hasNoMoreWordErrorsThan(TWO_WORDS)).isTrue();
        assertThat(TWO_WORDS.hasNoMoreWordErrorsThan(MANY_CHARACTERS)).isFalse();
    }

    @Test
    void amongEqualWordErrorsFewerCharactersComeFirst() {
        assertThat(DecodingErrors.FEWEST.compare(FEW_CHARACTERS, MANY_CHARACTERS)).isNegative();
        assertThat(DecodingErrors.FEWEST.compare(MANY_CHARACTERS, TWO_WORDS)).isNegative();
    }
}
