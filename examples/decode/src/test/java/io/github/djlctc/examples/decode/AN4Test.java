package io.github.djlctc.examples.decode;

import io.github.djlctc.examples.common.command.Outcome;
import io.github.djlctc.testdata.PublicCorpus;
import io.github.djlctc.testdata.TestData;

import com.google.gson.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** Real speech. */
class AN4Test {

    @TempDir Path folder;

    private static List<Object> arguments(String set) {
        Path references = TestData.of(PublicCorpus.AN4, "data/an4/dev.jsonl");
        return List.of(
                "decode",
                "--emissions",
                TestData.of(PublicCorpus.AN4, "data/an4/" + set + "_dev.npz"),
                "--alphabet",
                TestData.of(PublicCorpus.AN4, "data/an4/alphabet.txt"),
                "--refs",
                references,
                "--json");
    }

    private static long wordErrors(Outcome outcome) {
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        JsonObject words = outcome.events("errors").get(0).getAsJsonObject("words");
        assertThat(words.get("referenceLength").getAsInt()).isEqualTo(399);
        return Math.round(399 * words.get("rate").getAsDouble());
    }

    @ParameterizedTest
    @CsvSource({"strong, 42", "weak, 180"})
    void greedy(String set, long errors) {
        assertThat(wordErrors(DecodeProgram.run(arguments(set), "--greedy"))).isEqualTo(errors);
    }

    @ParameterizedTest
    @CsvSource({"strong, 42", "weak, 180"})
    void aLanguageModelMendsAThirdOfTheErrors(String set, long greedyErrors) {
        Outcome outcome =
                DecodeProgram.run(
                        arguments(set),
                        "--lm",
                        TestData.of(PublicCorpus.AN4, "fixtures/lm/an4_3gram.arpa"),
                        "--alpha",
                        0.5,
                        "--beta",
                        3);

        assertThat(wordErrors(outcome)).isLessThan(greedyErrors * 2 / 3);
    }

    /** Measures the confidences of words found with a language model. */
    @ParameterizedTest
    @CsvSource({"strong, 0.88", "weak, 0.77"})
    void rightWordsHaveHigherConfidences(String set, double leastArea) {
        Outcome outcome =
                DecodeProgram.run(
                        arguments(set),
                        "--lm",
                        TestData.of(PublicCorpus.AN4, "fixtures/lm/an4_3gram.arpa"));

        JsonObject errors = outcome.events("errors").get(0);
        assertThat(errors.get("confidenceArea").getAsDouble()).isBetween(leastArea, 0.95);
    }

    @Test
    void alignsAllUtterances() {
        List<Object> decode = arguments("strong");
        List<Object> files = decode.subList(1, decode.size() - 1);

        Outcome outcome =
                DecodeProgram.run(
                        Stream.concat(Stream.of("align"), files.stream()).toList(),
                        "--out",
                        folder.resolve("an4.jsonl"));

        assertThat(outcome.out()).startsWith("aligned 65");
    }
}
