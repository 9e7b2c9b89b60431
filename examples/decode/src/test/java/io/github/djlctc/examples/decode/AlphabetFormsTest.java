package io.github.djlctc.examples.decode;

import io.github.djlctc.examples.common.command.Outcome;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

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
}
