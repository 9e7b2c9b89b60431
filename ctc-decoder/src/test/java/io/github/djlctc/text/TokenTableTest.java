package io.github.djlctc.text;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Files of tokens with their ids, as k2, sherpa and WeNet write them. */
class TokenTableTest {

    @TempDir private Path folder;

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("tokens.txt"), text);
    }

    private Alphabet read(String lines) throws IOException {
        return Alphabet.read(file(lines.replace(';', '\n')));
    }

    @Test
    void k2GivesATokenAndItsId() throws IOException {
        Alphabet alphabet = read("<blk> 0;<unk> 1;| 2;A 3;B 4;");
        assertThat(alphabet.tokens()).containsExactly("<blk>", "<unk>", "|", "A", "B");
        assertThat(alphabet.blank()).isZero();
        assertThat(alphabet.wordDelimiter()).hasValue(2);
        assertThat(alphabet.decode(new int[] {3, 0, 2, 1, 4})).isEqualTo("A B");
    }

    @Test
    void aTableOfAllLettersIsRead() throws IOException {
        StringBuilder lines = new StringBuilder("<blk> 0;<unk> 1;| 2;");
        for (int i = 0; i < 26; i++) {
            lines.append((char) ('A' + i)).append(' ').append(3 + i).append(';');
        }
        Alphabet alphabet = read(lines.toString());
        assertThat(alphabet.size()).isEqualTo(29);
        assertThat(alphabet.encode("A BZ")).containsExactly(3, 2, 4, 28);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "b 2;<blk> 0;a 1",
                "<blk>\t0;a\t1;b\t2;",
                "<blk>   0 ; a \t 1;b 2;;",
                "\ufeff<blk> 0\r;a 1\r;b 2\r;"
            })
    void linesMayHaveAnyOrderAndSpacing(String lines) throws IOException {
        assertThat(read(lines).tokens()).containsExactly("<blk>", "a", "b");
    }

    @ParameterizedTest
    @CsvSource({
        "a 0;<blk> 1, 1",
        "<eps> 0;SIL 1;AA 2, 0",
        "a 0;<eps> 1, 1",
        "<eps> 0;<blk> 1;a 2, 1",
        "<pad> 0;<blank> 1;a 2, 1",
        "a 0;<BLANK> 1, 1",
        "_ 0;a 1, 0",
        "a 1;_ 0, 0",
        "<s> 0;<pad> 1;</s> 2;<unk> 3;a 4, 0",
        "A 0;<blk> 1, 1",
    })
    void theBlankIsFoundByNameOrIsId0(String lines, int blank) throws IOException {
        assertThat(read(lines).blank()).isEqualTo(blank);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<unk>",
                "<UNK>",
                "<s>",
                "</s>",
                "<sos>",
                "<eos>",
                "<sos/eos>",
                "<SPECIAL_1>",
                "<|en|>",
                "#0",
                "#12",
                "<eps>",
                "<pad>",
                "<blank>",
                "[UNK]"
            })
    void specialTokensHaveNoText(String special) throws IOException {
        Alphabet alphabet = read("<blk> 0;a 1;" + special + " 2;b 3");
        assertThat(alphabet.decode(new int[] {1, 2, 3})).isEqualTo("ab");
        assertThat(alphabet.toBuilder().build()).isEqualTo(alphabet);
    }

    @Test
    void numbersWithAHashInListsKeepTheirText() throws IOException {
        Alphabet alphabet = read("<blk>;a;<sos/eos>;#0");
        assertThat(alphabet.decode(new int[] {1, 2, 3})).isEqualTo("a#0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<blank> 0;<unk> 1;▁ 2;a 3;<sos/eos> 4", // WeNet
                "<blank> 0;<unk> 1;<space> 2;a 3;<sos/eos> 4",
                "<blank> 0;<unk> 1;  2;a 3;<sos/eos> 4", // sherpa
                "<blank> 0;<unk> 1;2;a 3;<sos/eos> 4", // and what an editor leaves of it
                "<blank> 0;<unk> 1;\t2;a 3;<sos/eos> 4",
            })
    void aSpaceMayBeWrittenInManyWays(String lines) throws IOException {
        Alphabet alphabet = read(lines);
        assertThat(alphabet.wordDelimiter()).hasValue(2);
        assertThat(alphabet.decode(new int[] {3, 2, 3, 4})).isEqualTo("a a");
    }

    @Test
    void theMarkOfSubwordsIsNoWordDelimiter() throws IOException {
        Alphabet alphabet = read("<blk> 0;▁ 1;▁a 2;b 3");
        assertThat(alphabet.wordDelimiter()).isEmpty();
        assertThat(alphabet.subwords()).isEqualTo(SubwordStyle.SENTENCEPIECE);
        assertThat(alphabet.decode(new int[] {2, 3, 1, 3})).isEqualTo("ab b");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<blank>;0;1;2;3",
                "<blank>;a 1;b;c",
                "<blank>; ;1 2;a",
                "-;0;1;2",
                "<blk>; 0;a",
                "-;a b;c d",
            })
    void plainListsAreTakenAsTheyAre(String lines) throws IOException {
        assertThat(read(lines).tokens()).containsExactly(lines.split(";", -1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "<blk> 0;a 1;b 3~line 3 has the id 3, and 2 is missing; the ids of 3 tokens must be"
                        + " 0 to 2, each once",
                "<blk> 0;a 1;b 1~lines 2 and 3 have id 1, and 2 is missing; the ids of 3 tokens",
                "<blk> 0;a 1;a 2~lines 2 and 3 hold the same token \"a\"",
                "<blk> 1;a 2~line 2 has the id 2, and 0 is missing",
                "<blk> 0;a 1;b;c 3~line 3 \"b\" has no id, but others do; each line must hold a",
                "▁the -3.2;s -4~line 1 has the number -3.2, no class id; if the numbers are"
                        + " scores, as in SentencePiece's .vocab",
                "| 94802;E 51860;T 38431~line 1 has the id 94802, and 0 is missing; the ids of 3"
                        + " tokens must be 0 to 2, each once; if the numbers are counts, as in"
                        + " fairseq's dict.txt, name the format fairseq_dict",
                "0 <blk>;1 a~line 1 \"0 <blk>\" has the id before the token; each line must hold a",
                "a 99999999999;b 0~line 1 has the number 99999999999, no class id",
            })
    void damagedTablesAreRefused(String lines, String problem) throws IOException {
        assertThatThrownBy(() -> read(lines))
                .isInstanceOf(AlphabetFormatException.class)
                .hasMessageStartingWith(folder.resolve("tokens.txt") + ": " + problem);
    }

    @Test
    void whatOnlyATableTellsIsWrittenAsOne() throws IOException {
        for (String lines :
                List.of(
                        "<blk> 0;▁ 1;a 2;<sos/eos> 3;#0 4",
                        "a 0;<eps> 1",
                        "<blk>;| 0;a",
                        "<blk>;|;a;<unk>")) {
            Alphabet alphabet = read(lines);
            Path written = folder.resolve("written");
            alphabet.write(written);
            assertThat(Alphabet.read(written)).isEqualTo(alphabet);
        }
        Alphabet odd = Alphabet.builder().setTokens(List.of("a 0", "b 1")).build();
        odd.write(folder.resolve("odd"));
        assertThat(Alphabet.read(folder.resolve("odd"))).isEqualTo(odd);
        assertThat(VocabularyFormat.of(folder.resolve("odd")))
                .isEqualTo(VocabularyFormat.ALPHABET_JSON);
    }

    @Test
    void disambiguationSymbolsCanBeLeftOut() throws IOException {
        Alphabet alphabet = read("<blk> 0;a 1;#0 2;#1 3");
        assertThat(alphabet.withoutDisambiguationSymbols()).isEqualTo(read("<blk> 0;a 1"));
        Alphabet list = read("<blk>;a;#0");
        assertThat(list.withoutDisambiguationSymbols()).isSameAs(list);
    }

    @Test
    void specialTokensCanBeSet() {
        Alphabet alphabet =
                Alphabet.builder()
                        .setTokens(List.of("<blank>", "a", "[noise]"))
                        .optSpecialTokens(List.of("[noise]", "[laughter]"))
                        .build();
        assertThat(alphabet.text(2)).isEmpty();
        assertThat(alphabet.unknownCharacters("[noise]")).isNotEmpty();
        assertThat(alphabet)
                .isNotEqualTo(Alphabet.builder().setTokens(alphabet.tokens()).build())
                .isEqualTo(alphabet.toBuilder().build());
    }
}
