package io.github.djlctc.examples.decode;

import io.github.djlctc.examples.common.command.Outcome;
import io.github.djlctc.text.Alphabet;
import io.github.djlctc.text.LetterCase;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** The forms in which {@code --alphabet} may give the same four classes. */
class AlphabetFormsTest {

    @TempDir Path folder;

    private Path emissions;

    @BeforeEach
    void writeEmissions() throws IOException {
        emissions = new TinyModel(folder).utterance("u1", "aa-a_b").archive();
    }

    private Outcome decode(String alphabet, String search) throws IOException {
        Path file = Files.writeString(folder.resolve("tokens.txt"), alphabet.replace(';', '\n'));
        return DecodeProgram.run("decode", "--emissions", emissions, "--alphabet", file, search);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<blk> 0;| 1;a 2;b 3",
                "b 3;a 2;<space> 1;<blk> 0",
                "<eps>\t0;\u2581\t1;a\t2;b\t3",
                "<blank> 0;  1;a 2;b 3",
            })
    void tokensMayHaveTheirIds(String alphabet) throws IOException {
        for (String search : new String[] {"--greedy", "--beam=5"}) {
            Outcome outcome = decode(alphabet, search);
            assertThat(outcome.err()).isEmpty();
            assertThat(outcome.out().lines()).startsWith("u1\taa b");
        }
    }

    @Test
    void disambiguationSymbolsOfK2AreNoClasses() throws IOException {
        Outcome outcome = decode("<blk> 0;| 1;a 2;b 3;#0 4;#1 5", "--greedy");

        assertThat(outcome.out().lines()).startsWith("u1\taa b");
        assertThat(outcome.err())
                .startsWith("note: the disambiguation symbols at the end of ")
                .contains("tokens.txt are no classes");
    }

    @Test
    void classesWithoutTextAreLeftOut() throws IOException {
        assertThat(decode("<blk> 0;| 1;a 2;<sos/eos> 3", "--greedy").out().lines())
                .startsWith("u1\taa");
        assertThat(decode("<blk> 0;| 1;a 2;#0 3", "--greedy").out().lines()).startsWith("u1\taa");
    }

    @Test
    void damagedTablesAreErrors() throws IOException {
        Outcome outcome = decode("<blk> 0;| 1;a 2;b 4", "--greedy");

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err()).contains("tokens.txt: line 4 has the id 4, and 3 is missing;");
    }

    private Outcome decodeWith(String alphabet, Object... options) throws IOException {
        Path file = Files.writeString(folder.resolve("tokens.txt"), alphabet.replace(';', '\n'));
        List<Object> arguments =
                List.of("decode", "--greedy", "--emissions", emissions, "--alphabet", file);
        return DecodeProgram.run(arguments, options);
    }

    @Test
    void anOptionNamesTheFormat() throws IOException {
        Outcome untold = decodeWith(" ;a;b");
        assertThat(untold.exitCode()).isEqualTo(2);
        assertThat(untold.err())
                .contains("no token is named like a blank, and class 0, \" \", looks like none")
                .contains("(--vocabulary-format, --blank)");
        Outcome paddle = decodeWith(" ;a;b", "--vocabulary-format", "paddleocr");
        assertThat(paddle.err()).isEmpty();
        assertThat(paddle.out().lines()).startsWith("u1\taa b");
        assertThat(decodeWith("x;b;a", "--vocabulary-format=nemo").out().lines())
                .as("class 3 is the blank")
                .startsWith("u1\taxab");
        Outcome wrong = decodeWith("<blk> 0;| 1;a 2;b 3", "--vocabulary-format", "nemo");
        assertThat(wrong.exitCode()).isEqualTo(2);
        assertThat(wrong.err()).contains("it is read as nemo, but looks like token_table");
    }

    @Test
    void anOptionNamesTheBlank() throws IOException {
        for (String blank : new String[] {"x", "0"}) {
            Outcome outcome = decodeWith("x;|;a;b", "--blank", blank);
            assertThat(outcome.out().lines()).startsWith("u1\taa b");
        }
        assertThat(decodeWith("{\"x\":0,\"|\":1,\"a\":2,\"b\":3}", "--blank", "x").out().lines())
                .startsWith("u1\taa b");
        Outcome absent = decodeWith("x;|;a;b", "--blank", "y");
        assertThat(absent.exitCode()).isEqualTo(2);
        assertThat(absent.err()).contains("it has no token \"y\" to be the blank");
    }

    @Test
    void anOptionNamesTheWordDelimiter() throws IOException {
        assertThat(decodeWith("<blk>;x;a;b", "--word-delimiter", "x").out().lines())
                .startsWith("u1\taa b");
        Outcome absent = decodeWith("<blk>;x;a;b", "--word-delimiter", "y");
        assertThat(absent.exitCode()).isEqualTo(2);
        assertThat(absent.err()).contains("the word delimiter \"y\" is not a token");
        Outcome doubtful = decodeWith("<blk>;|;\u5e02;\u623f");
        assertThat(doubtful.err()).contains("note: | is taken for the token between words");
        Outcome none = decodeWith("<blk>;|;\u5e02;\u623f", "--word-delimiter", "none");
        assertThat(none.err()).isEmpty();
        assertThat(none.out().lines()).startsWith("u1\t\u5e02\u5e02|\u623f");
    }

    @Test
    void whatWasAssumedOfTheBlankIsSaid() throws IOException {
        assertThat(decodeWith("<s>;<pad>;</s>;<unk>").err())
                .contains("note: the blank is <s>, as in fairseq");
        assertThat(decodeWith("<unk>\t0;\u2581a\t-1;b\t-2").err())
                .contains("note: the blank is class 3, behind all pieces, as NeMo has it");
    }

    @Test
    void aWrittenAlphabetKeepsItsSettings() throws IOException {
        Alphabet alphabet =
                Alphabet.builder()
                        .setTokens(List.of("<b>", "|", "A", "B"))
                        .optLetterCase(LetterCase.UPPER)
                        .optNoWordDelimiter()
                        .build();
        Outcome outcome = decodeWith(alphabet.toJson());
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out().lines()).startsWith("u1\tAA|B");
    }
}
