package io.github.djlctc.text;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class AlphabetFileTest {

    @TempDir private Path folder;

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("alphabet"), text);
    }

    @Test
    void aFolderThatIsMissingForWritingIsNamed() {
        Path missing = folder.resolve("missing");
        assertThatThrownBy(() -> Alphabet.ofCharacters("ab").write(missing.resolve("a.txt")))
                .isInstanceOf(FileSystemException.class)
                .hasMessageContaining("a.txt: there is no folder " + missing);
    }

    @Test
    void aPlainFileHoldsOneTokenALine() throws IOException {
        Alphabet alphabet = Alphabet.read(file("<blank>\n<space>\nA\n😀\n"));
        assertThat(alphabet.tokens()).containsExactly("<blank>", "<space>", "A", "😀");
        assertThat(alphabet.blank()).isZero();
        assertThat(alphabet.wordDelimiter()).hasValue(1);
    }

    @Test
    void byteOrderMarkCarriageReturnsAndAMissingLastLineEndAreFine() throws IOException {
        Alphabet alphabet = Alphabet.read(file("\ufeffA\r\n \r\n<pad>"));
        assertThat(alphabet.tokens()).containsExactly("A", " ", "<pad>");
        assertThat(alphabet.blank()).isEqualTo(2);
        assertThat(alphabet.wordDelimiter()).hasValue(1);
    }

    @ParameterizedTest
    @CsvSource({
        "A;<blk>, 1",
        "<pad>;<blank>, 1",
        "A;[PAD];<pad>, 2",
        "_;A, 0",
        "-;A, 0",
        "[b];A, 0",
        "A;<CTC_BLANK>, 1",
        "<pad>;<s>;</s>;<unk>;A, 0",
        "<s>;<pad>;</s>;<unk>;A, 0",
        "<s>;</s>;<pad>;<unk>;A, 2",
    })
    void theBlankIsFoundByName(String tokens, int blank) throws IOException {
        assertThat(Alphabet.read(file(tokens.replace(';', '\n'))).blank()).isEqualTo(blank);
    }

    @Test
    void writingAndReadingGivesAnEqualAlphabet() throws IOException {
        Alphabet alphabet =
                Alphabet.builder()
                        .setTokens(List.of("a", " ", "é", "<blank>", "\u2028", "\"", "\\"))
                        .optBlank(3)
                        .build();
        Path file = folder.resolve("written");
        alphabet.write(file);
        assertThat(Alphabet.read(file)).isEqualTo(alphabet);
    }

    @Test
    void whatLinesCannotTellIsWrittenAsJson() throws IOException {
        Alphabet letters = Alphabet.ofCharacters(" AB|");
        Alphabet pieces =
                Alphabet.builder()
                        .setTokens(List.of("\u2581a", "b", "-"))
                        .optBlank(2)
                        .optSubwords(SubwordStyle.SENTENCEPIECE)
                        .build();
        for (Alphabet alphabet :
                List.of(
                        letters.toBuilder().optLetterCase(LetterCase.UPPER).build(),
                        letters.toBuilder().optNormalization(Normalizer.Form.NFC).build(),
                        letters.toBuilder().optNoWordDelimiter().build(),
                        letters.toBuilder().optWordDelimiter("|").build(),
                        letters.toBuilder().optSpecialTokens(List.of("A")).build(),
                        letters.toBuilder().optBlank("B").build(),
                        pieces,
                        pieces.toBuilder().optSubwords(SubwordStyle.NONE).build(),
                        Alphabet.builder().setTokens(List.of("\n", "a\rb")).build(),
                        Alphabet.builder().setTokens(List.of("\ufeff", "{", "}")).build())) {
            Path file = folder.resolve("written");
            alphabet.write(file);
            assertThat(Alphabet.read(file)).isEqualTo(alphabet);
            assertThat(file).content().startsWith("{\"tokens\":[");
        }
    }

    @Test
    void aNameThatEndsInJsonHoldsJson() throws IOException {
        Alphabet alphabet = Alphabet.ofCharacters(" AB");
        Path file = folder.resolve("alphabet.json");
        alphabet.write(file);
        assertThat(file).hasContent(alphabet.toJson());
        assertThat(Alphabet.read(file)).isEqualTo(alphabet);
        Files.writeString(file, "<blank>\nA\n");
        assertThatThrownBy(() -> Alphabet.read(file))
                .isInstanceOf(AlphabetFormatException.class)
                .hasMessageContaining("it is not a JSON object; it must map each token to its id");
    }

    @Test
    void halvesOfSurrogatePairsAreNotWritten() {
        Alphabet alphabet = Alphabet.builder().setTokens(List.of("\ud83d", "b")).build();
        assertThatThrownBy(() -> alphabet.write(folder.resolve("written")))
                .isInstanceOf(AlphabetFormatException.class)
                .hasMessageContaining("written: token 0 has half a surrogate pair");
        assertThat(folder.resolve("written")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({
        "A;B;;C, line 3 is empty; each line must hold one token",
        "A;B;A, lines 1 and 3 hold the same token \"A\"",
        "A, it holds 1 tokens",
    })
    void damagedListsAreRefused(String tokens, String problem) throws IOException {
        Path file = file(tokens.replace(';', '\n'));
        assertThatThrownBy(() -> Alphabet.read(file))
                .isInstanceOf(AlphabetFormatException.class)
                .hasMessageStartingWith(file + ": " + problem);
    }

    @Test
    void emptyAbsentAndUnreadableFilesAreRefused() throws IOException {
        assertThatThrownBy(() -> Alphabet.read(file("")))
                .isInstanceOf(AlphabetFormatException.class)
                .hasMessageContaining("it holds 0 tokens");
        assertThatThrownBy(() -> Alphabet.read(folder.resolve("absent")))
                .isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> Alphabet.read(folder)).isInstanceOf(IOException.class);
    }

    @Test
    void otherEncodingsAreRefused() throws IOException {
        Path file = folder.resolve("latin1");
        Files.write(file, "<blank>\nä\nb\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> Alphabet.read(file))
                .isInstanceOf(AlphabetFormatException.class)
                .hasMessage(file + ": line 2 is not UTF-8; save the file in that encoding");
        Files.write(file, new byte[] {'a', '\n', (byte) 0xc3});
        assertThatThrownBy(() -> Alphabet.read(file)).hasMessageContaining("line 2 is not UTF-8");
    }

    @Test
    void hugeFilesAreRefused() throws IOException {
        Path file = folder.resolve("huge");
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength((64L << 20) + 1);
        }
        assertThatThrownBy(() -> Alphabet.read(file))
                .isInstanceOf(AlphabetFormatException.class)
                .hasMessageStartingWith(file + ": it is larger than 64 MiB");
    }

    @Test
    void aVocabJsonMapsTokensToIds() throws IOException {
        Alphabet alphabet =
                Alphabet.read(
                        file(
                                "{\"|\": 4, \"<pad>\": 0, \"<s>\": 1, \"</s>\": 2, \"<unk>\": 3,"
                                        + " \"E\": 5, \"\\u00c9\": 6}\n"));
        assertThat(alphabet.tokens())
                .containsExactly("<pad>", "<s>", "</s>", "<unk>", "|", "E", "É");
        assertThat(alphabet.blank()).isZero();
        assertThat(alphabet.wordDelimiter()).hasValue(4);
        assertThat(alphabet.encode("E É")).containsExactly(5, 4, 6);
        assertThat(alphabet.decode(new int[] {1, 5, 3, 0, 4, 6, 2})).isEqualTo("E É");
    }

    @Test
    void theBlankOfAVocabJsonMayBeTheLastToken() throws IOException {
        Alphabet alphabet = Alphabet.read(file("{\"a\": 1, \"|\": 0, \"[UNK]\": 2, \"[PAD]\": 3}"));
        assertThat(alphabet.blank()).isEqualTo(3);
        assertThat(alphabet.text(2)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "{\"a\": 1}~the id of the key \"a\" is 1; the ids of 1 tokens must be 0 to n - 1",
                "{\"<pad>\": 0, \"a\": 2}~the id of the key \"a\" is 2",
                "{\"<pad>\": 0, \"a\": 0}~share the id 0; each token needs an id of its own",
                "{\"<pad>\": 0, \"a\": 1, \"a\": 2}~the key \"a\" occurs twice; remove one",
                "{\"<pad>\": 0, \"a\": -1}~the value of the key \"a\" is -1; it must be the",
                "{\"<pad>\": 0, \"a\": 1.5}~the value of the key \"a\" is 1.5",
                "{\"<pad>\": 0, \"a\": 99999999999}~the value of the key \"a\" is 99999999999",
                "{\"<pad>\": 0, \"a\": \"1\"}~the value of the key \"a\" is the text \"1\"; it must be the",
                "{\"<pad>\": 0, \"eng\": {\"a\": 1}}~the value of the key \"eng\" is an object",
                "{\"<pad>\": 0, \"eng\": {\"a\": 1}}~line 1: the value of the key \"eng\" is an object; it must be the token's id, a whole number from 0; of several vocabularies",
                "{\"<pad>\": 0, \"a\": [1]}~is an array; it must be the",
                "{\"<pad>\": 0, \"a\": null}~the value of the key \"a\" is null",
                "{\"<pad>\": 0, \"\": 1}~the key \"\" is empty",
                "{\"a\": 0, \"b\": 1}~it has no blank, which is one of [<pad>, [PAD],",
                "{\"<pad>\": 0}~it holds 1 tokens",
                "{\"<pad>\": 0, \"a\"~it is not valid JSON, near column 17: it ends too early; a closing quote or bracket is missing; correct",
                "{\"<pad>\": 0, \"a\" 1}~: a colon behind a name is missing",
                "{\"<pad>\": 0, a: 1}~it is not valid JSON, near column 15: something that JSON does not have: a name or",
                "{\"<pad>\": 0, \"a\": 1} x~it is not valid JSON, near column",
                "{\"<pad>\": 0, \"a\": 1} {}~it is not valid JSON, near column",
            })
    void damagedVocabJsonIsRefused(String json, String problem) throws IOException {
        Path file = file(json);
        assertThatThrownBy(() -> Alphabet.read(file))
                .isInstanceOf(AlphabetFormatException.class)
                .hasMessageStartingWith(file + ": ")
                .hasMessageContaining(problem);
    }
}
