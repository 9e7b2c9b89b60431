package io.github.djlctc.decode;

import io.github.djlctc.lm.Lexicon;
import io.github.djlctc.text.Alphabet;
import io.github.djlctc.text.LetterCase;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** How many of the decoded words a language model knows. */
class LanguageModelCoverageTest {

    private static final Alphabet LETTERS = Alphabet.ofCharacters("abc ");

    private static BeamSearchDecoder.Builder decoder(Alphabet alphabet) {
        return BeamSearchDecoder.builder()
                .setAlphabet(alphabet)
                .optLanguageModel(SmallModels.WORDS)
                .optUnknownWordScore(0)
                .optLanguageModelWeight(0);
    }

    private static LanguageModelCoverage coverage(BeamSearchDecoder decoder, String... texts) {
        List<Hypothesis> hypotheses =
                List.of(texts).stream().map(text -> hypothesis(decoder, text)).toList();
        return decoder.coverage(hypotheses).orElseThrow();
    }

    private static Hypothesis hypothesis(BeamSearchDecoder decoder, String text) {
        Alphabet alphabet = decoder.alphabet();
        float[] emissions = Emissions.speech(new Random(1), alphabet, text, 0);
        Hypothesis best = decoder.decode(emissions, emissions.length / alphabet.size());
        assertThat(best.text()).isEqualTo(text);
        return best;
    }

    @Test
    void countsOfSeveralTextsAddUp() {
        BeamSearchDecoder decoder = decoder(LETTERS).build();
        LanguageModelCoverage tokens =
                new LanguageModelCoverage(LanguageModelUnit.TOKEN, 1, 1, false);

        assertThat(coverage(decoder, "a ab cab").plus(coverage(decoder, "ba c")))
                .isEqualTo(coverage(decoder, "a ab cab", "ba c"));
        assertThatThrownBy(() -> tokens.plus(coverage(decoder, "a")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("different decoders");
    }

    @Test
    void countsWords() {
        LanguageModelCoverage coverage = coverage(decoder(LETTERS).build(), "a ab cab", "ba c", "");

        assertThat(coverage)
                .isEqualTo(new LanguageModelCoverage(LanguageModelUnit.WORD, 5, 3, false));
        assertThat(coverage.share()).isEqualTo(0.6);
        assertThat(coverage.problem()).isEmpty();
    }

    @Test
    void tellsOfAModelThatKnowsLessThanHalf() {
        assertThat(coverage(decoder(LETTERS).build(), "c cc ab").problem())
                .contains(
                        "the language model knows 1 of the 3 decoded words (33.3 %); it may be of"
                                + " another language, spelling or letter case, or of tokens where"
                                + " words are expected");
        assertThat(coverage(decoder(LETTERS).build(), "").problem()).isEmpty();
    }

    /** The unknown word counts as unknown, if a lexicon lets it be decoded. */
    @Test
    void wordsOfALexiconMayBeUnknown() {
        BeamSearchDecoder decoder =
                decoder(LETTERS).optLexicon(Lexicon.of(List.of("cc", "ab"))).build();

        assertThat(coverage(decoder, "cc ab cc").known()).isEqualTo(1);
    }

    @Test
    void countsTokensThatAreNoSeparators() {
        Alphabet alphabet = Alphabet.ofCharacters("abc|");
        BeamSearchDecoder decoder =
                decoder(alphabet)
                        .optLanguageModel(SmallModels.TOKENS)
                        .optLanguageModelUnit(LanguageModelUnit.TOKEN)
                        .build();

        assertThat(coverage(decoder, "ab cab"))
                .isEqualTo(new LanguageModelCoverage(LanguageModelUnit.TOKEN, 5, 4, false));
    }

    @Test
    void textsOfScriptsWithoutSpacesAreOneWordUnlessALexiconDividesThem() {
        Alphabet chinese = Alphabet.ofCharacters("市房");
        BeamSearchDecoder open = decoder(chinese).build();
        BeamSearchDecoder divided =
                decoder(chinese).optLexicon(Lexicon.of(List.of("市", "房"))).build();

        assertThat(coverage(open, "市房市").problem().orElseThrow())
                .contains("0 of the 1 decoded words", "unless a lexicon divides it");
        assertThat(divided.coverage(List.of(hypothesis(divided, "市房")))).isEmpty();
    }

    @Test
    void withoutALanguageModelThereIsNothingToCount() {
        BeamSearchDecoder decoder = BeamSearchDecoder.builder().setAlphabet(LETTERS).build();

        assertThat(decoder.coverage(List.of())).isEmpty();
    }

    /** A lexicon in lower case and a model in upper case are alike where letters are lowered. */
    @Test
    void wordsAreComparedAsTheAlphabetWritesThem() {
        Alphabet upper =
                Alphabet.ofCharacters("ABC ").toBuilder().optLetterCase(LetterCase.UPPER).build();
        BeamSearchDecoder decoder =
                decoder(upper).optLexicon(Lexicon.of(List.of("AB", "Ba", "c"))).build();

        assertThat(coverage(decoder, "AB BA C").known()).isEqualTo(2);
    }
}
