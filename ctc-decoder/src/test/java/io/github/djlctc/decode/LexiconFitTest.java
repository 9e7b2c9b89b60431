package io.github.djlctc.decode;

import io.github.djlctc.lm.Lexicon;
import io.github.djlctc.lm.Spelling;
import io.github.djlctc.text.Alphabet;
import io.github.djlctc.text.LetterCase;

import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class LexiconFitTest {

    private static final Alphabet LETTERS = Alphabet.ofCharacters("|abc");

    private static LexiconFit fit(String... words) {
        return LexiconFit.of(Lexicon.of(List.of(words)), LETTERS);
    }

    @Test
    void countsTheWordsThatTheAlphabetCanSpell() {
        LexiconFit fit = fit("ab", "xyz", "c");
        assertThat(fit.words()).isEqualTo(3);
        assertThat(fit.usable()).isEqualTo(2);
        assertThat(fit.isEnough()).isTrue();
        assertThat(fit.description())
                .isEqualTo("the alphabet can spell 2 of the 3 words of the lexicon");
    }

    @Test
    void tellsTheLetterCaseThatIsMissing() {
        LexiconFit fit = fit("AB", "C", "a", "XYZ");
        assertThat(fit.isEnough()).isFalse();
        assertThat(fit.letterCase()).hasValue(LetterCase.LOWER);
        assertThat(fit("AB").description())
                .isEqualTo(
                        "the alphabet can spell none of the 1 words of the lexicon; in lower case"
                                + " it could spell them");
        assertThat(fit("x", "y").letterCase()).isEmpty();
    }

    @Test
    void aLexiconWithSpellingsNeedsNoAlphabetToSpell() {
        Lexicon lexicon = Lexicon.ofSpellings(List.of(new Spelling("XYZ", List.of("a"), 0)));
        assertThat(LexiconFit.of(lexicon, LETTERS).usable()).isEqualTo(1);
    }
}
