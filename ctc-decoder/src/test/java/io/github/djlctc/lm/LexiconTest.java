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
                    .hasMessageContaining("gzip data is damaged or cut off");
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

    @Property(tries = 500)
    void anyDamageToSpellingsGivesALexiconOrATypedError(@ForAll int place, @ForAll byte value)
            throws IOException {
        byte[] bytes = "day\td a y |\nday\td e i |\na\ta |\n".getBytes(StandardCharsets.UTF_8);
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

    private Lexicon read(String lines) throws IOException {
        return Lexicon.read(
                file(lines.replace(';', '\n').replace('~', ';').getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void readsALexiconOfFlashlight() throws IOException {
        Lexicon lexicon = read("\ufeffa\ta |\r;day\td a y |\r;day\td e i |;;Dr.\td o c |;I\tI |");

        assertThat(lexicon.words()).containsExactly("a", "day", "Dr.", "I");
        assertThat(lexicon.spellings())
                .containsExactly(
                        new Spelling("a", List.of("a", "|"), 1),
                        new Spelling("day", List.of("d", "a", "y", "|"), 2),
                        new Spelling("day", List.of("d", "e", "i", "|"), 3),
                        new Spelling("Dr.", List.of("d", "o", "c", "|"), 5),
                        new Spelling("I", List.of("I", "|"), 6));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\ta;ab\ta b", // without delimiters
                "a a |;ab a b |", // set apart by spaces, and spelled by letters
                "AB\ta b |;BA\tb a |", // in another case
                "ab\t\u2581a b;ba\t\u2581ba", // subwords
                "ab\ta ##b;ba\tba",
                "a\ta;ab\ta\tb", // tabs throughout, by letters
                "hello\tHH AH L OW;two\tT UW", // phones
            })
    void recognisesOtherFormsOfLexicons(String lines) throws IOException {
        assertThat(read(lines).spellings()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "to be;or\tnot;to be",
                "a b;a c",
                "one;two;three",
                "one\ttwo\tthree;four\tfive\tsix",
                "to be\tor not;to be\tor not",
                "I I;a a",
                "\tone;\ttwo",
            })
    void textsAreNoLexiconsWithSpellings(String lines) throws IOException {
        Lexicon lexicon = read(lines);
        assertThat(lexicon.spellings()).isEmpty();
        assertThat(lexicon.words())
                .containsExactlyElementsOf(
                        Arrays.stream(lines.split("[ ;\t]+", -1))
                                .filter(word -> !word.isEmpty())
                                .distinct()
                                .toList());
    }

    @Test
    void aLongTextIsATextWhateverItsFirstLinesAre() throws IOException {
        String text = "ab\ta b |\n".repeat(90) + "and then some text\n".repeat(300);

        assertThat(read(text).spellings()).isEmpty();
    }

    @Test
    void namesTheLineThatIsNoSpelling() throws IOException {
        for (String line : List.of("day", "day\t", "day of days")) {
            assertThatThrownBy(() -> read("a\ta |;day\td a y |;" + line + ";do\td o |"))
                    .isInstanceOf(LanguageModelFormatException.class)
                    .hasMessageContaining("line 3: no word with the tokens that spell it");
        }
    }

    @Test
    void refusesCountsInPlaceOfSpellings() {
        for (String lines :
                List.of(
                        "the\t5812;of\t312",
                        "the\t-1.25;of\t-3e-2",
                        "a\t3%",
                        "the 5812;of 312",
                        "the 5812;".repeat(300))) {
            assertThatThrownBy(() -> read(lines))
                    .isInstanceOf(LanguageModelFormatException.class)
                    .hasMessageContaining("line 1: a number behind the word, and no spelling");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // CMUdict with comments and second pronunciations
                "~~~ # CMUdict;TOMATO  T AH0 M EY1 T OW2;TOMATO(2)  T AH0 M AA1 T OW2;"
                        + "ENTER  EH1 N T ER0 # a comment;A  AH0;F  EH1 F",
                // Kaldi, with the place in the word
                "TOMATO T_B AH_I M_I EY_I T_I OW_E;TOMATO T_B AH_I M_I AA_I T_I OW_E;"
                        + "ENTER EH_B N_I T_I ER_E;A AH_S;F EH_B F_E",
                "\u4f60\u597d n i3 h ao3;\u4e2d zh ong1", // another script than the phones'
                "one w \u028c n;two t u\u02d0;eight e\u026a t" // IPA
            })
    void recognisesPronunciations(String lines) throws IOException {
        Lexicon lexicon = read(lines);

        assertThat(lexicon.spellings()).isNotEmpty();
        assertThat(lexicon.words()).doesNotContain("AH0", "AH_I", "T", "t", "TOMATO(2)", "#");
    }

    @Test
    void readsSecondPronunciationsAsTheSameWord() throws IOException {
        assertThat(read("TOMATO  T AH M EY T OW;TOMATO(2)  T AH M AA T OW;F(2)  F").spellings())
                .containsExactly(
                        new Spelling("TOMATO", List.of("T", "AH", "M", "EY", "T", "OW"), 1),
                        new Spelling("TOMATO", List.of("T", "AH", "M", "AA", "T", "OW"), 2),
                        new Spelling("F(2)", List.of("F"), 3));
    }

    @Test
    void namesTheLineOfAWordWithoutPronunciation() {
        assertThatThrownBy(() -> read(pronunciations(60) + "ENTER;F  EH F"))
                .isInstanceOf(LanguageModelFormatException.class)
                .hasMessageContaining("line 61: no word with the tokens that spell it");
    }

    private static String pronunciations(int count) {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < count; i++) {
            lines.append("WORD").append((char) ('A' + i % 26)).append(i).append("  W ER D;");
        }
        return lines.toString();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "turn left;turn right;go on",
                "enter six two;rubout g m e f three nine;enter four;go;no", // spelled letters
                "\u4f60 \u597d \u4e16;\u754c \u4f60 \u597d", // characters set apart
                "a b c;b c a;c a b",
                "I am;he is;it is a cat"
            })
    void textsOfShortWordsAreNoPronunciations(String lines) throws IOException {
        assertThat(read(lines).spellings()).isEmpty();
    }

    @Test
    void refusesProbabilitiesOfPronunciations() {
        assertThatThrownBy(() -> read("ONE 1.0 W AH N;TWO 0.5 T UW;TWO 0.5 T AH"))
                .isInstanceOf(LanguageModelFormatException.class)
                .hasMessageContaining("line 1: a number between the word and its spelling")
                .hasMessageContaining("lexicon.txt");
    }

    @Test
    void namesTheLineOfAWordListWithATab() {
        String words = "one;two;three;".repeat(100);

        for (String line : List.of("four\t4", "four\tFOUR", "four\tf o u r")) {
            assertThatThrownBy(() -> read(words + line + ";five"))
                    .isInstanceOf(LanguageModelFormatException.class)
                    .hasMessageContaining("line 301: of 302 lines 1 have a tab")
                    .hasMessageContaining("give all words alone");
        }
        assertThatThrownBy(() -> read("four\tF AO R;two\tT UW;five"))
                .isInstanceOf(LanguageModelFormatException.class)
                .hasMessageContaining("line 3");
    }

    @Test
    void namesALanguageModelAsWhatItIs() throws IOException {
        String arpa = "made by hand\n\\data\\\nngram 1=3\n\n\\1-grams:\n-1\t<unk>\n";
        byte[] bytes = arpa.getBytes(StandardCharsets.UTF_8);
        byte[] binary =
                (KenLMHeader.MAGIC + " format version 5\n\0").getBytes(StandardCharsets.ISO_8859_1);
        for (byte[] model : List.of(bytes, gzip(bytes), binary)) {
            Path file = file(model);

            assertThatThrownBy(() -> Lexicon.read(file))
                    .isInstanceOf(NotALexiconException.class)
                    .hasMessageContaining(file + ", line ")
                    .hasMessageContaining("this is a language model");
        }
    }

    @Test
    void findsWordsThatAreSpelledAlike() throws IOException {
        assertThat(read("two\tT UW |;to\tT UW;two\tT UW;a\tAH").spelledAlike())
                .containsExactly(
                        List.of(
                                new Spelling("two", List.of("T", "UW", "|"), 1),
                                new Spelling("to", List.of("T", "UW"), 2)));
        assertThat(read("day\td a y;day\td e i").spelledAlike()).isEmpty();
    }

    @Test
    void refusesWordsWithoutSpelling() {
        assertThatIllegalArgumentException().isThrownBy(() -> Lexicon.ofSpellings(List.of()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Lexicon.ofSpellings(List.of(new Spelling("a", List.of(), 0))))
                .withMessageContaining("the word \"a\" has no spelling");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> Lexicon.ofSpellings(List.of(new Spelling("a b", List.of("a"), 0))))
                .withMessageContaining("holds whitespace");
    }
}
