package io.github.djlctc.text;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.text.Normalizer;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** JSON keeps everything of an alphabet. */
class AlphabetJsonTest {

    static Stream<Alphabet> alphabets() {
        List<String> subwords = List.of("\u2581a", "b", "<blk>");
        List<String> marked = List.of("<b>", "|", "[noise]", "\"", "\\", "\uD83D\uDE00", "<unk>");
        return Stream.of(
                Alphabet.ofCharacters(" ABC"),
                Alphabet.ofCharacters("\u5E02\u623F\u5730"),
                Alphabet.builder()
                        .setTokens(subwords)
                        .optBlank(2)
                        .optSubwords(SubwordStyle.SENTENCEPIECE)
                        .build(),
                Alphabet.builder()
                        .setTokens(marked)
                        .optNoWordDelimiter()
                        .optSpecialTokens(List.of("[noise]"))
                        .optLetterCase(LetterCase.LOWER)
                        .optNormalization(Normalizer.Form.NFKC)
                        .build(),
                Alphabet.builder().setTokens(marked).optWordDelimiter("\"").build());
    }

    @ParameterizedTest
    @MethodSource("alphabets")
    void keepsEverything(Alphabet alphabet) {
        Alphabet read = Alphabet.ofJson(alphabet.toJson());

        assertThat(read).isEqualTo(alphabet);
        assertThat(read.toJson()).isEqualTo(alphabet.toJson());
    }

    @Test
    void isReadable() {
        assertThat(Alphabet.ofCharacters(" <").toJson())
                .isEqualTo(
                        "{\"tokens\":[\"<blank>\",\" \",\"<\"],\"blank\":0,\"specialTokens\":[],"
                                + "\"wordDelimiter\":\" \",\"letterCase\":\"KEEP\","
                                + "\"subwords\":\"NONE\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "null", "[]", "{}", "{\"tokens\":[\"a\"", "{\"tokens\":[\"a\",\"b\"]}"})
    void refusesWhatIsNoAlphabet(String json) {
        assertThatIllegalArgumentException().isThrownBy(() -> Alphabet.ofJson(json));
    }
}
