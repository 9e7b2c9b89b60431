package io.github.djlctc.examples.decode;

import io.github.djlctc.examples.common.command.Outcome;

import com.google.gson.JsonObject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code --emissions-are}: the same utterance, as log probabilities and as probabilities. */
class EmissionScaleOptionTest {

    private static final int CLASSES = TinyModel.TOKENS.size();

    /** Of each frame: the blank, the space, a and b. */
    private static final float[] PROBABILITIES = {
        0.25f, 0, 0.5f, 0.25f, 0.5f, 0.125f, 0.25f, 0.125f, 0, 0, 0.25f, 0.75f
    };

    @TempDir Path folder;

    private List<Object> probabilities;
    private List<Object> logarithms;

    @BeforeEach
    void writeEmissions() throws IOException {
        probabilities = emissions("probabilities", PROBABILITIES);
        float[] logs = new float[PROBABILITIES.length];
        for (int i = 0; i < logs.length; i++) {
            logs[i] = (float) Math.log(PROBABILITIES[i]);
        }
        logarithms = emissions("logarithms", logs);
    }

    private List<Object> emissions(String name, float[] values) throws IOException {
        Path inside = Files.createDirectory(folder.resolve(name));
        Files.write(inside.resolve("u1.npy"), TinyModel.npy("<f4", List.of(3, CLASSES), values));
        return List.of("--emissions", inside, "--alphabet", new TinyModel(folder).alphabet());
    }

    private static Outcome run(String command, List<Object> emissions, Object... more) {
        List<Object> arguments = new ArrayList<>(List.of(command));
        arguments.addAll(emissions);
        return DecodeProgram.run(arguments, more);
    }

    @Test
    void probabilitiesDecodeAsTheirLogarithms() {
        for (String search : new String[] {"--greedy", "--beam=4"}) {
            JsonObject expected =
                    run("decode", logarithms, search, "--json").events("utterance").get(0);
            Outcome outcome =
                    run(
                            "decode",
                            probabilities,
                            "--emissions-are",
                            "probabilities",
                            search,
                            "--json");
            assertThat(outcome.events("utterance")).containsExactly(expected);
            assertThat(expected.get("text").getAsString()).isEqualTo("ab");
        }
    }

    @Test
    void negativeLogarithmsAreAnErrorThatSaysSo() throws IOException {
        float[] costs = new float[PROBABILITIES.length];
        for (int i = 0; i < costs.length; i++) {
            costs[i] = (float) -Math.log(Math.max(PROBABILITIES[i], 1e-4));
        }

        Outcome outcome = run("decode", emissions("costs", costs));

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err())
                .contains("utterance \"u1\": the scores are 0 or more", "with its signs changed")
                .hasLineCount(1);
    }

    @Test
    void probabilitiesAlignAsTheirLogarithms() throws IOException {
        Path references = new TinyModel(folder).reference("u1", "ab").references();
        Path expected = folder.resolve("logarithms.jsonl");
        Path actual = folder.resolve("probabilities.jsonl");
        run("align", logarithms, "--refs", references, "--out", expected);
        run(
                "align",
                probabilities,
                "--refs",
                references,
                "--out",
                actual,
                "--emissions-are=probabilities");
        assertThat(actual).hasSameTextualContentAs(expected);
        assertThat(Files.readString(actual)).contains("\"word\":\"ab\"");
    }

    @Test
    void probabilitiesInPlaceOfLogitsAreAnErrorThatNamesTheOption() {
        Outcome outcome = run("decode", probabilities, "--greedy");
        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err().lines()).hasSize(1);
        assertThat(outcome.err())
                .contains("utterance \"u1\": frames 0 to 2: the class scores are all from 0 to 1")
                .contains("if they are probabilities, give --emissions-are probabilities")
                .contains("if they are logits, add 1 to all of them");
    }

    @Test
    void logitsInPlaceOfProbabilitiesAreAnErrorThatNamesTheFrame() {
        Outcome outcome = run("decode", logarithms, "--emissions-are", "probabilities");
        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err().lines()).hasSize(1);
        assertThat(outcome.err())
                .contains("utterance \"u1\": frame 0: a class has the score")
                .contains("leave --emissions-are out");
    }

    @Test
    void otherScalesAreErrors() {
        assertThat(run("decode", logarithms, "--emissions-are", "odds").exitCode()).isEqualTo(2);
    }
}
