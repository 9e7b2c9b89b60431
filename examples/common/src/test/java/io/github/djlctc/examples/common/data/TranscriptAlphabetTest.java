package io.github.djlctc.examples.common.data;

import io.github.djlctc.text.Alphabet;
import io.github.djlctc.text.LetterCase;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Arrays;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class TranscriptAlphabetTest {

    private record Sample(String id, String text) implements CorpusSample {}

    @ParameterizedTest
    @CsvSource({
        "on|no one, ' ENO'",
        "one|two, ' ENOTW'", // a recogniser of single words may hear two
        "你好|世界, 世你好界",
        "你好|OK, KO你好",
        "你好|世 界, ' 世你好界'",
        "กข|ขก, กข",
        "'|', ' '"
    })
    void hasASpaceUnlessTheScriptHasNone(String texts, String characters) {
        List<Sample> samples =
                Arrays.stream(texts.split("\\|", -1)).map(text -> new Sample(text, text)).toList();

        Alphabet alphabet = TranscriptAlphabet.of(samples, LetterCase.UPPER);

        StringBuilder tokens = new StringBuilder();
        for (int id = 1; id < alphabet.size(); id++) {
            tokens.append(alphabet.text(id));
        }
        assertThat(tokens.toString()).isEqualTo(characters);
        assertThat(alphabet.joinsWords()).isEqualTo(!characters.startsWith(" "));
    }
}
