package io.github.djlctc.lm;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class LexiconTest {

    @TempDir private Path folder;

    @Test
    void keepsTheOrderAndLeavesOutRepetitions() {
        assertThat(Lexicon.of(List.of("b", "a", "b", "ä")).words()).containsExactly("b", "a", "ä");
    }

    @Test
    void refusesWhatIsNoWord() {
        assertThatIllegalArgumentException().isThrownBy(() -> Lexicon.of(List.of()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Lexicon.of(List.of("a", "")))
                .withMessageContaining("empty word");
        for (String space : List.of(" ", "\t", "\n", "\u00a0", "\u2003")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Lexicon.of(List.of("New" + space + "York")))
                    .withMessageContaining("\"New" + space + "York\" holds whitespace");
        }
    }

    @Test
    void takesTheWordsOfALanguageModel() {
        LanguageModel model =
                new WordsOnly(List.of("<unk>", "<s>", "</s>", "<UNK>", "one", "<S>", "two"));

        assertThat(Lexicon.of(model).words()).containsExactly("one", "<S>", "two");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "to be\nor not\tto be",
                "\ufeff\r\n to \u00a0be\u2003or\n\n\nnot ",
                "to be or not"
            })
    void readsTheWordsOfAnyText(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);

        assertThat(Lexicon.read(file(bytes)).words()).containsExactly("to", "be", "or", "not");
        assertThat(Lexicon.read(file(gzip(bytes))).words())
                .containsExactly("to", "be", "or", "not");
    }

    @Test
    void readsCharactersAcrossBuffers() throws IOException {
        // Four bytes a character, shifted by one, so that a buffer ends within one.
        String word = "\ud83d\ude00".repeat(20_000);

        assertThat(Lexicon.read(file(("x" + word).getBytes(StandardCharsets.UTF_8))).words())
                .containsExactly("x" + word);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 70_000, 200_000})
    void namesTheLineThatIsNotUtf8(int linesBefore) throws IOException {
        byte[] bytes = ("a\n".repeat(linesBefore) + "b?c\n").getBytes(StandardCharsets.UTF_8);
        bytes[bytes.length - 3] = (byte) 0xfc;
        Path file = file(bytes);

        assertThatThrownBy(() -> Lexicon.read(file))
                .isInstanceOf(LanguageModelFormatException.class)
                .hasMessage(
                        file
                                + ", line "
                                + (linesBefore + 1)
                                + ": not UTF-8; save the file in that encoding");
    }

    @Test
    void refusesFilesWithoutWords() throws IOException {
        for (String text : List.of("", "\n \t", "\ufeff")) {
            Path file = file(text.getBytes(StandardCharsets.UTF_8));

            assertThatThrownBy(() -> Lexicon.read(file))
                    .isInstanceOf(LanguageModelFormatException.class)
                    .hasMessageContaining("holds no word");
        }
        assertThatThrownBy(() -> Lexicon.read(folder.resolve("missing")))
                .isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void refusesAbsurdWords() throws IOException {
        Path file = file(gzip(new byte[100_000]));

        assertThatThrownBy(() -> Lexicon.read(file))
                .isInstanceOf(LanguageModelFormatException.class)
                .hasMessageContaining("line 1: more than 65536 characters in a word");
    }

    @Test
    void refusesDamagedGzip() throws IOException {
        byte[] bytes = gzip("some words of a text".repeat(100).getBytes(StandardCharsets.UTF_8));
        for (int length : new int[] {2, 9, 12, bytes.length - 9, bytes.length - 1}) {
            Path file = file(Arrays.copyOf(bytes, length));

            assertThatThrownBy(() -> Lexicon.read(file))
                    .isInstanceOf(LanguageModelFormatException.class)
                    .hasMessageContaining("damaged gzip");
        }
    }

    @Property(tries = 500)
    void anyBytesAreWordsOrATypedError(@ForAll @Size(max = 64) byte[] bytes) throws IOException {
        readsOrRefuses(bytes);
    }

    @Property(tries = 500)
    void anyDamageToGzipGivesWordsOrATypedError(@ForAll int place, @ForAll byte value)
            throws IOException {
        byte[] bytes = gzip("some words\nof a text".getBytes(StandardCharsets.UTF_8));
        bytes[Math.floorMod(place, bytes.length)] = value;
        readsOrRefuses(bytes);
    }

    private static void readsOrRefuses(byte[] bytes) throws IOException {
        Path file = Files.createTempFile("lexicon", ".txt");
        try {
            Files.write(file, bytes);
            assertThat(Lexicon.read(file).words()).isNotEmpty().doesNotHaveDuplicates();
        } catch (LanguageModelFormatException e) {
            assertThat(e).hasMessageContaining(file.toString());
        } finally {
            Files.delete(file);
        }
    }

    private Path file(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("words"), bytes);
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(packed)) {
            out.write(bytes);
        }
        return packed.toByteArray();
    }

    /** A language model of which only the vocabulary is used. */
    private record WordsOnly(List<String> vocabulary) implements LanguageModel {

        @Override
        public int unknownWord() {
            return 0;
        }

        @Override
        public int stateSize() {
            return 1;
        }

        @Override
        public void writeSentenceStart(int[] states, int at) {}

        @Override
        public void writeEmptyContext(int[] states, int at) {}

        @Override
        public double score(int[] states, int at, int word, int[] next, int nextAt) {
            throw new UnsupportedOperationException();
        }

        @Override
        public double scoreSentenceEnd(int[] states, int at) {
            throw new UnsupportedOperationException();
        }
    }
}
