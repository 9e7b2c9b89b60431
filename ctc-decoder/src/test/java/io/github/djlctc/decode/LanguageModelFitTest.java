package io.github.djlctc.decode;

import io.github.djlctc.lm.NGramModel;
import io.github.djlctc.text.Alphabet;
import io.github.djlctc.text.SubwordStyle;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

class LanguageModelFitTest {

    private static final Alphabet UPPER = Alphabet.ofCharacters("ABCDEFGHIJKLMNOPQRSTUVWXYZ ");
    private static final Alphabet LOWER = Alphabet.ofCharacters("abcdefghijklmnopqrstuvwxyz ");

    @TempDir Path folder;

    private NGramModel model(List<String> words) throws IOException {
        StringBuilder text = new StringBuilder("\\data\\\nngram 1=" + (words.size() + 3));
        text.append("\n\n\\1-grams:\n-1\t<unk>\n-99\t<s>\n-1\t</s>\n");
        words.forEach(word -> text.append("-1\t").append(word).append('\n'));
        return NGramModel.read(
                Files.writeString(folder.resolve("model.arpa"), text + "\n\\end\\\n"));
    }

    @Test
    void wordsThatTheAlphabetSpellsFit() throws IOException {
        NGramModel model = model(List.of("GO", "STOP", "Ä"));
        LanguageModelFit fit = LanguageModelFit.of(model, LanguageModelUnit.WORD, UPPER);
        assertThat(fit)
                .isEqualTo(new LanguageModelFit(LanguageModelUnit.WORD, 3, 2, Optional.empty()));
        assertThat(fit.problem()).isEmpty();
        assertThat(LanguageModelFit.unitOf(model, UPPER)).isEqualTo(LanguageModelUnit.WORD);
    }

    @ParameterizedTest
    @CsvSource({
        "GO STOP NOW, lower, NEEDS_LOWER_CASE, can spell 0 of the 3 words",
        "go stop I, upper, NEEDS_UPPER_CASE, can spell 1 of the 3 words",
        "иди стой, upper, HAS_OTHER_CHARACTERS, can spell 0 of the 2 words",
        "▁go ▁st op ▁now, upper, HAS_OTHER_SUBWORDS, 'subwords, with the marks'",
        "▁go ▁st op ing s ed, lower, HAS_OTHER_SUBWORDS, can spell 4 of the 6 words",
        "go st ##op ##ing now, lower, HAS_OTHER_SUBWORDS, can spell 3 of the 5 words",
    })
    void tellsWhyWordsDoNotFit(
            String words, String alphabet, LanguageModelMisfit misfit, String problem)
            throws IOException {
        NGramModel model = model(List.of(words.split(" ")));
        Alphabet classes = alphabet.equals("upper") ? UPPER : LOWER;
        LanguageModelFit fit = LanguageModelFit.of(model, LanguageModelUnit.WORD, classes);
        assertThat(fit.misfit()).contains(misfit);
        assertThat(fit.problem().orElseThrow()).contains(problem);
    }

    @Test
    void aModelOfCharactersIsOneOfTokens() throws IOException {
        Alphabet chinese =
                Alphabet.builder().setTokens(List.of("<blank>", "广", "州", "市", "房")).build();
        NGramModel characters = model(List.of("广", "州", "市"));
        assertThat(LanguageModelFit.unitOf(characters, chinese)).isEqualTo(LanguageModelUnit.TOKEN);
        assertThat(LanguageModelFit.of(characters, LanguageModelUnit.TOKEN, chinese))
                .isEqualTo(new LanguageModelFit(LanguageModelUnit.TOKEN, 4, 3, Optional.empty()));
        NGramModel words = model(List.of("广州", "市", "房地"));
        assertThat(LanguageModelFit.unitOf(words, chinese)).isEqualTo(LanguageModelUnit.WORD);
    }

    /** A small text has few of the characters that a reader of Chinese knows. */
    @Test
    void aModelOfCharactersMayKnowFewOfALargeAlphabet() throws IOException {
        List<String> tokens = new ArrayList<>(List.of("<blank>", "<space>"));
        for (int i = 0; i < 1000; i++) {
            tokens.add(Character.toString(0x4E00 + i));
        }
        Alphabet chinese = Alphabet.builder().setTokens(tokens).build();
        NGramModel characters = model(List.of("一", "丁", "<space>", "。"));

        assertThat(LanguageModelFit.of(characters, LanguageModelUnit.TOKEN, chinese))
                .isEqualTo(
                        new LanguageModelFit(LanguageModelUnit.TOKEN, 1000, 2, Optional.empty()));
        NGramModel words = model(List.of("一丁", "丁", "七丁"));
        assertThat(LanguageModelFit.of(words, LanguageModelUnit.TOKEN, chinese).misfit())
                .contains(LanguageModelMisfit.HAS_WORDS);
    }

    @Test
    void aModelOfSubwordsIsOneOfTokens() throws IOException {
        Alphabet subwords =
                Alphabet.builder()
                        .setTokens(List.of("<blank>", "▁go", "▁st", "op", "▁no", "w"))
                        .optSubwords(SubwordStyle.SENTENCEPIECE)
                        .build();
        NGramModel tokens = model(List.of("▁go", "▁st", "op"));
        assertThat(LanguageModelFit.unitOf(tokens, subwords)).isEqualTo(LanguageModelUnit.TOKEN);
        LanguageModelFit asWords = LanguageModelFit.of(tokens, LanguageModelUnit.WORD, subwords);
        assertThat(asWords.misfit()).contains(LanguageModelMisfit.HAS_TOKENS);
        NGramModel words = model(List.of("go", "stop", "now"));
        assertThat(LanguageModelFit.of(words, LanguageModelUnit.WORD, subwords).misfit()).isEmpty();
        assertThat(LanguageModelFit.of(words, LanguageModelUnit.TOKEN, subwords).misfit())
                .contains(LanguageModelMisfit.HAS_WORDS);
    }

    /** The alphabet's space is another token than the model's. */
    @Test
    void aModelOfCharactersWithAnotherSpaceIsTold() throws IOException {
        NGramModel characters = model(List.of("g", "o", "s", "t", "p", "n", "w", "\u2581"));

        LanguageModelFit fit = LanguageModelFit.of(characters, LanguageModelUnit.TOKEN, LOWER);

        assertThat(fit.misfit()).contains(LanguageModelMisfit.HAS_OTHER_SUBWORDS);
    }

    /** A stray mark in a large vocabulary is no reason. */
    @Test
    void aFewMarksAreNoMisfit() throws IOException {
        List<String> words = new ArrayList<>(List.of("\u2581go", "C##"));
        for (char first = 'a'; first <= 'z'; first++) {
            for (char second = 'a'; second <= 'z'; second++) {
                words.add("" + first + second);
            }
        }

        assertThat(LanguageModelFit.of(model(words), LanguageModelUnit.WORD, LOWER).misfit())
                .isEmpty();
    }

    /** NeMo writes the token with the id n as the character 100 + n. */
    @Test
    void knowsTheOffsetIdsOfNeMo() throws IOException {
        List<String> tokens = new ArrayList<>(List.of("<blank>"));
        List<String> offsets = new ArrayList<>();
        for (int id = 1; id < 200; id++) {
            tokens.add("▁" + (char) ('a' + id % 26) + id);
            offsets.add(Character.toString(100 + id));
        }
        Alphabet subwords =
                Alphabet.builder()
                        .setTokens(tokens)
                        .optSubwords(SubwordStyle.SENTENCEPIECE)
                        .build();
        for (LanguageModelUnit unit : LanguageModelUnit.values()) {
            LanguageModelFit fit = LanguageModelFit.of(model(offsets), unit, subwords);
            assertThat(fit.misfit()).contains(LanguageModelMisfit.HAS_OFFSET_IDS);
            assertThat(fit.problem().orElseThrow()).contains("NeMo");
        }
    }

    /** In a small vocabulary most offset ids are letters, which are tokens themselves. */
    @Test
    void knowsOffsetIdsThatAreLettersToo() throws IOException {
        List<String> tokens = new ArrayList<>(List.of("<blank>", "▁the"));
        List<String> offsets = new ArrayList<>(List.of("d", "e"));
        for (char letter = 'a'; letter <= 'z'; letter++) {
            offsets.add(Character.toString(100 + tokens.size()));
            tokens.add(Character.toString(letter));
        }
        Alphabet subwords =
                Alphabet.builder()
                        .setTokens(tokens)
                        .optSubwords(SubwordStyle.SENTENCEPIECE)
                        .build();
        NGramModel model = model(offsets.stream().distinct().toList());
        LanguageModelUnit unit = LanguageModelFit.unitOf(model, subwords);
        LanguageModelFit fit = LanguageModelFit.of(model, unit, subwords);
        assertThat(fit.misfit()).contains(LanguageModelMisfit.HAS_OFFSET_IDS);
        assertThat(fit.usable()).isZero();
    }

    /** A model of AN4 has letters among its words, since speakers spell. */
    @Test
    void unitsThatDoNotFitAreTold() throws IOException {
        Alphabet letters = Alphabet.ofCharacters("GOSTP ");
        NGramModel words = model(List.of("GO", "STOP", "TOP", "POST", "G", "O", "S", "T", "SOS"));
        NGramModel characters = model(List.of("G", "O", "S", "T", "P"));

        assertThat(LanguageModelFit.of(words, LanguageModelUnit.TOKEN, letters).misfit())
                .contains(LanguageModelMisfit.HAS_WORDS);
        assertThat(LanguageModelFit.of(words, LanguageModelUnit.WORD, letters).misfit()).isEmpty();
        assertThat(LanguageModelFit.of(characters, LanguageModelUnit.WORD, letters).misfit())
                .contains(LanguageModelMisfit.HAS_TOKENS);
        assertThat(LanguageModelFit.of(characters, LanguageModelUnit.TOKEN, letters).misfit())
                .isEmpty();
    }
}
