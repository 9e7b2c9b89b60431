package io.github.djlctc.examples.decode;

import io.github.djlctc.examples.common.command.Outcome;
import io.github.djlctc.lm.NGramModel;
import io.github.djlctc.testdata.TestData;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

class LanguageModelCommandsTest {

    private static final String TEXT = "a b\na b b\nb a\na a b\n";

    @TempDir Path folder;

    private Path build(String name, Object... more) throws IOException {
        Path text = Files.writeString(folder.resolve("text.txt"), TEXT);
        Path model = folder.resolve(name);
        Outcome outcome =
                DecodeProgram.run(
                        List.of("build-lm", "--order", 2, "--text", text, "--out", model), more);
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        return model;
    }

    private static Outcome query(String sentences, Object... arguments) {
        return DecodeProgram.runOn(
                sentences.getBytes(StandardCharsets.UTF_8),
                Stream.concat(Stream.of("query-lm"), Stream.of(arguments)).toArray());
    }

    @Test
    void buildsAModelAndPrintsCountsAndDiscounts() throws IOException {
        Path text = Files.writeString(folder.resolve("text.txt"), TEXT);
        Path model = folder.resolve("m.arpa");

        Outcome outcome =
                DecodeProgram.run(
                        "build-lm",
                        "--order",
                        2,
                        "--text",
                        text,
                        "--out",
                        model,
                        "--discount-fallback");

        assertThat(outcome.exitCode()).isZero();
        // <unk>, <s>, </s>, a and b.
        assertThat(outcome.out().lines())
                .anyMatch(line -> line.matches(" +1 +5 +0.5000 +1.0000 +1.5000 +fallback"));
        assertThat(Files.readString(model)).contains("ngram 1=5", "\\2-grams:");
    }

    @Test
    void compressedAndPlainModelsScoreAlike() throws IOException {
        Path plain = build("m.arpa", "--discount-fallback");
        Path compressed = build("m.arpa.gz", "--discount-fallback");

        assertThat(query("a b\nc\n", "--lm", compressed, "--json").out())
                .isEqualTo(query("a b\nc\n", "--lm", plain, "--json").out())
                .isEqualTo(query("\uFEFFa b\nc\n", "--lm", plain, "--json").out());
        assertThat(Files.size(compressed)).isLessThan(Files.size(plain));
    }

    @Test
    void aTextWithoutDiscountsIsUnusableInput() throws IOException {
        Path text = Files.writeString(folder.resolve("text.txt"), TEXT);

        Outcome outcome =
                DecodeProgram.run(
                        "build-lm",
                        "--order",
                        2,
                        "--text",
                        text,
                        "--out",
                        folder.resolve("m.arpa"));

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err().lines()).hasSize(1);
        assertThat(outcome.err())
                .startsWith("ctc-decode: " + text)
                .contains("(--discount-fallback)");
        assertThat(folder.resolve("m.arpa")).doesNotExist();
    }

    @Test
    void printsWordsTotalsAndPerplexities() throws IOException {
        Path model = build("m.arpa", "--discount-fallback");

        Outcome outcome = query("a b\n\nc\n", "--lm", model);

        List<String> lines = outcome.out().lines().toList();
        assertThat(lines.get(0))
                .matches("a=2 -\\S+\tb=2 -\\S+\t</s>=2 -\\S+\ttotal -\\S+, 0 unknown");
        assertThat(lines.get(1)).matches("</s>=\\d -\\S+\ttotal -\\S+, 0 unknown");
        assertThat(lines.get(2)).matches("c=1 -\\S+\t</s>=1 -\\S+\ttotal -\\S+, 1 unknown");
        assertThat(lines)
                .anyMatch(line -> line.matches("sentences +3"))
                .anyMatch(line -> line.matches("words +6, .*"))
                .anyMatch(line -> line.matches("unknown words +1"));
        double with = figure(lines, "perplexity ");
        double without = figure(lines, "perplexity without unknown words");
        assertThat(with).isGreaterThan(without);
        double total = figure(lines, "log10");
        assertThat(with).isCloseTo(Math.pow(10, -total / 6), Offset.offset(1e-3));
    }

    private static double figure(List<String> lines, String name) {
        String line = lines.stream().filter(l -> l.startsWith(name)).findFirst().orElseThrow();
        return Double.parseDouble(line.substring(line.lastIndexOf(' ')));
    }

    @Test
    void scoresNoBoundariesIfAsked() throws IOException {
        Path model = build("m.arpa", "--discount-fallback");

        List<JsonObject> lines =
                query("a b\n\n", "--lm", model, "--json", "--no-boundaries").json();

        assertThat(words(lines.get(0))).isEqualTo("a b");
        assertThat(lines.get(0).getAsJsonArray("words").get(0).getAsJsonObject().get("order"))
                .hasToString("1");
        assertThat(lines.get(1).get("log10Total").getAsDouble()).isZero();
    }

    @Test
    void sentencesMustBeUtf8() throws IOException {
        Path model = build("m.arpa", "--discount-fallback");

        Outcome outcome =
                DecodeProgram.runOn(new byte[] {'a', (byte) 0xff, '\n'}, "query-lm", "--lm", model);

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err()).contains("the text is not UTF-8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"probing", "trie"})
    void aBinaryScoresAsItsArpaFile(String structure) throws IOException {
        Path arpa = build("m.arpa", "--discount-fallback");
        Path binary = folder.resolve("m.binary");

        Outcome outcome =
                DecodeProgram.run(
                        "build-binary", "--lm", arpa, "--out", binary, "--structure", structure);

        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(outcome.out())
                .contains("Model in " + binary + " (" + Files.size(binary) + " bytes).");
        assertThat(query("a b\nc\n", "--lm", binary, "--json").out())
                .isEqualTo(query("a b\nc\n", "--lm", arpa, "--json").out());
    }

    @Test
    void aBinaryIsNotWrittenOverItsArpaFile() throws IOException {
        Path arpa = build("m.arpa", "--discount-fallback");

        Outcome outcome = DecodeProgram.run("build-binary", "--lm", arpa, "--out", arpa);

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err()).contains("--out would overwrite " + arpa);
        assertThat(NGramModel.read(arpa).order()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"3gram.arpa", "3gram.probing.binary", "3gram.quantized_array.binary"})
    void agreesWithKenLM(String file) throws IOException {
        Path model = TestData.own("lm/" + file);
        JsonElement expected =
                new Gson()
                        .fromJson(
                                Files.readString(TestData.own("lm/query.json")), JsonElement.class);
        List<JsonObject> cases = new ArrayList<>();
        for (JsonElement element : expected.getAsJsonArray()) {
            JsonObject object = element.getAsJsonObject();
            if (object.get("model").getAsString().equals(file)
                    && object.get("sentenceBoundaries").getAsBoolean()) {
                cases.add(object);
            }
        }
        String sentences =
                cases.stream()
                        .map(object -> object.get("sentence").getAsString() + "\n")
                        .collect(Collectors.joining());

        List<JsonObject> lines = query(sentences, "--lm", model, "--json").json();

        assertThat(lines).hasSameSizeAs(cases);
        for (int i = 0; i < lines.size(); i++) {
            JsonObject line = lines.get(i);
            JsonObject kenLM = cases.get(i);
            assertThat(line.keySet()).containsExactly("sentence", "words", "log10Total");
            assertThat(line.get("sentence")).isEqualTo(kenLM.get("sentence"));
            assertThat(words(line)).isEqualTo(words(kenLM));
            assertThat(line.get("log10Total").getAsDouble())
                    .isCloseTo(kenLM.get("log10Total").getAsDouble(), Offset.offset(1e-5));
            for (int j = 0; j < line.getAsJsonArray("words").size(); j++) {
                JsonObject word = line.getAsJsonArray("words").get(j).getAsJsonObject();
                JsonObject theirs = kenLM.getAsJsonArray("words").get(j).getAsJsonObject();
                assertThat(word.keySet()).containsExactly("word", "order", "log10");
                assertThat(word.get("order").getAsInt()).isEqualTo(theirs.get("order").getAsInt());
                assertThat(word.get("log10").getAsDouble())
                        .isCloseTo(theirs.get("log10").getAsDouble(), Offset.offset(1e-5));
            }
        }
    }

    private static String words(JsonObject sentence) {
        List<String> words = new ArrayList<>();
        for (JsonElement word : sentence.getAsJsonArray("words")) {
            words.add(word.getAsJsonObject().get("word").getAsString());
        }
        return String.join(" ", words);
    }
}
