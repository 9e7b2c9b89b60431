package io.github.djlctc.examples.decode;

import io.github.djlctc.examples.common.command.Outcome;
import io.github.djlctc.testdata.EmissionSet;
import io.github.djlctc.testdata.TestData;

import com.google.gson.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Path;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** The emissions of a trained model, and of the same in an early epoch, for 103 words. */
class EmissionSetTest {

    @TempDir Path folder;

    private static List<Object> arguments(String command, String set) {
        return List.of(
                command,
                "--emissions",
                TestData.own("emissions/" + set + ".npz"),
                "--alphabet",
                EmissionSet.ownAlphabet(),
                "--refs",
                TestData.own("emissions/references.jsonl"));
    }

    private static long wordErrors(Outcome outcome) {
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        JsonObject words = outcome.events("errors").get(0).getAsJsonObject("words");
        assertThat(words.get("referenceLength").getAsInt()).isEqualTo(103);
        return Math.round(103 * words.get("rate").getAsDouble());
    }

    @ParameterizedTest
    @CsvSource({"strong, 2", "weak, 47"})
    void greedy(String set, long errors) {
        Outcome outcome = DecodeProgram.run(arguments("decode", set), "--json", "--greedy");

        assertThat(wordErrors(outcome)).isEqualTo(errors);
    }

    @ParameterizedTest
    @CsvSource({"strong, 2", "weak, 7"})
    void aLanguageModelMendsMostErrorsOfTheWeakModel(String set, long errors) {
        Path model = folder.resolve("sentences.arpa");
        Outcome built = DecodeProgram.buildLanguageModel(3, model);
        assertThat(built.exitCode()).as(built.err()).isZero();

        Outcome outcome = DecodeProgram.run(arguments("decode", set), "--json", "--lm", model);

        assertThat(wordErrors(outcome)).isEqualTo(errors);
    }

    @Test
    void alignsAllUtterances() {
        Outcome outcome =
                DecodeProgram.run(
                        arguments("align", "strong"), "--out", folder.resolve("aligned.jsonl"));

        assertThat(outcome.out()).startsWith("aligned 20");
    }
}
