package io.github.djlctc.examples.decode;

import com.google.gson.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Path;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Real speech. */
class AN4Test {

    private static List<Object> arguments(String set) {
        Path references = SharedData.file("data/an4/dev.jsonl");
        return List.of(
                "decode",
                "--emissions",
                SharedData.file("data/an4/" + set + "_dev.npz"),
                "--alphabet",
                SharedData.file("data/an4/alphabet.txt"),
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
        assertThat(wordErrors(Outcome.of(arguments(set), "--greedy"))).isEqualTo(errors);
    }

    @Test
    void alignsAllUtterances() {
        List<Object> decode = arguments("strong");
        Path out = Path.of("target/an4.jsonl");

        Outcome outcome =
                Outcome.of(
                        "align",
                        decode.get(1),
                        decode.get(2),
                        decode.get(3),
                        decode.get(4),
                        decode.get(5),
                        decode.get(6),
                        "--out",
                        out);

        assertThat(outcome.out()).contains("aligned 65");
    }
}
