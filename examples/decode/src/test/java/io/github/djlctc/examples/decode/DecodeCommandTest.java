package io.github.djlctc.examples.decode;

import io.github.djlctc.examples.common.command.Outcome;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

class DecodeCommandTest {

    @TempDir Path folder;

    private TinyModel twoUtterances() {
        return new TinyModel(folder).utterance("u1", "aa-a_b").utterance("u2", "-b_-a--");
    }

    @Test
    void printsTextsErrorsAndSpeed() throws IOException {
        TinyModel model = twoUtterances().reference("u1", "aa b").reference("u2", "b b");

        Outcome outcome =
                DecodeProgram.run(
                        model.arguments("decode"), "--refs", model.references(), "--greedy");

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out().lines())
                .startsWith("u1\taa b", "u2\tb a")
                .anyMatch(line -> line.matches("words \\(WER\\) +1 +4 +25.00 +1 +0 +0"))
                .anyMatch(line -> line.matches("characters \\(CER\\) +1 +7 +14.29 +1 +0 +0"))
                .anyMatch(line -> line.matches("utterances +2"))
                .anyMatch(line -> line.matches("frames +13"))
                .anyMatch(line -> line.matches("CPU time +\\d+\\.\\d{3} s"))
                .anyMatch(line -> line.matches("speed +[\\d,]+ frames per CPU second"));
    }

    @Test
    void anUtteranceWithoutFramesIsAnEmptyTextWithAWarning() throws IOException {
        TinyModel model = new TinyModel(folder).utterance("u1", "a-b").utterance("silent", "");

        for (List<String> options : List.of(List.of("--greedy"), List.<String>of())) {
            Outcome outcome = DecodeProgram.run(model.arguments("decode"), options.toArray());

            assertThat(outcome.exitCode()).isZero();
            assertThat(outcome.out().lines()).contains("u1\tab", "silent\t");
            assertThat(outcome.err().lines())
                    .containsExactly(
                            "warning: utterance silent: there are no frames; its text is empty");
        }
    }

    /** A line of Chinese would be one word, and wrong. */
    @Test
    void countsCharactersWhereWordsAreJoined() throws IOException {
        TinyModel model = twoUtterances();
        List<Object> arguments =
                List.of(
                        "decode",
                        "--emissions",
                        model.archive(),
                        "--alphabet",
                        Files.write(folder.resolve("zh.txt"), List.of("<blank>", "市", "房", "地")),
                        "--refs",
                        Files.writeString(
                                folder.resolve("zh.jsonl"),
                                """
                                {"utt": "u1", "text": "房房房地"}
                                {"utt": "u2", "text": "地市房"}
                                """));

        assertThat(DecodeProgram.run(arguments).out().lines())
                .startsWith("u1\t房房市地", "u2\t地市房")
                .noneMatch(line -> line.startsWith("words"))
                .anyMatch(line -> line.matches("characters \\(CER\\) +1 +7 +14.29 +1 +0 +0"))
                .contains(
                        "Nothing separates words in this alphabet, so word errors are counted in"
                                + " characters: WER is CER.");
        JsonObject errors = DecodeProgram.run(arguments, "--json").events("errors").get(0);
        assertThat(errors.get("words")).isEqualTo(errors.get("characters"));
        assertThat(errors.getAsJsonObject("words").get("referenceLength").getAsInt()).isEqualTo(7);
        assertThat(errors.get("note").getAsString()).endsWith("WER is CER.");
    }

    /** The hotword is a part of the line; the report says where. */
    @Test
    void hotwordsMatchAnywhereWhereWordsAreJoined() throws IOException {
        TinyModel model = twoUtterances();
        Path alphabet = Files.write(folder.resolve("zh.txt"), List.of("<blank>", "市", "房", "地"));
        Path hotwords = Files.writeString(folder.resolve("hotwords.txt"), "市地\t5\n地房\t1\n");

        List<JsonObject> lines =
                DecodeProgram.run(
                                "decode",
                                "--emissions",
                                model.archive(),
                                "--alphabet",
                                alphabet,
                                "--hotwords",
                                hotwords,
                                "--json")
                        .events("utterance");

        assertThat(lines.get(0).get("text").getAsString()).isEqualTo("房房市地");
        JsonObject applied = lines.get(0).getAsJsonArray("hotwords").get(0).getAsJsonObject();
        assertThat(applied.get("status").getAsString()).isEqualTo("APPLIED");
        assertThat(applied.get("occurrences")).hasToString("[{\"start\":4,\"end\":6}]");
    }

    @Test
    void readsAFolderOfArraysAsTheArchive() throws IOException {
        TinyModel model = twoUtterances();

        Outcome outcome =
                DecodeProgram.run(
                        "decode",
                        "--emissions",
                        model.arrayFolder(),
                        "--alphabet",
                        model.alphabet(),
                        "--greedy");

        assertThat(outcome.out().lines()).startsWith("u1\taa b", "u2\tb a");
    }

    @Test
    void readsOneArrayAsAnUtterance() throws IOException {
        TinyModel model = twoUtterances();

        Outcome outcome =
                DecodeProgram.run(
                        "decode",
                        "--emissions",
                        model.arrayFolder().resolve("u2.npy"),
                        "--alphabet",
                        model.alphabet(),
                        "--greedy");

        assertThat(outcome.out().lines()).startsWith("u2\tb a").contains("utterances  1");
    }

    @Test
    void readsDoublesAndEmptyUtterances() throws IOException {
        TinyModel model =
                new TinyModel(folder)
                        .array("empty", TinyModel.npy("<f4", List.of(0, 4)))
                        .array("wide", TinyModel.npy("<f8", List.of(1, 4), 0, 0, 3, 0));

        Outcome outcome = DecodeProgram.run(model.arguments("decode"), "--greedy");

        assertThat(outcome.out().lines()).startsWith("empty\t", "wide\ta");
    }

    /** A device of Linux that is always full stands for the disk. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void aFullDiskIsNamedAndNoUsageError() throws IOException {
        Outcome outcome =
                DecodeProgram.run(
                        twoUtterances().arguments("decode"), "--greedy", "--out", "/dev/full");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err()).contains("ctc-decode: cannot write /dev/full");
    }

    @Test
    void writesJsonLinesWithTimesInFrames() throws IOException {
        Path out = folder.resolve("out.jsonl");

        Outcome outcome =
                DecodeProgram.run(twoUtterances().arguments("decode"), "--greedy", "--out", out);

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out()).doesNotContain("aa b");
        List<JsonObject> lines = Outcome.parse(Files.readAllLines(out));
        assertThat(lines).hasSize(2);
        JsonObject first = lines.get(0);
        assertThat(first.keySet())
                .containsExactly("utt", "text", "score", "acoustic", "lm", "words", "nbest");
        assertThat(first.get("utt").getAsString()).isEqualTo("u1");
        assertThat(first.get("text").getAsString()).isEqualTo("aa b");
        assertThat(first.get("lm").getAsDouble()).isZero();
        JsonArray words = first.getAsJsonArray("words");
        assertThat(words).hasSize(2);
        JsonObject word = words.get(1).getAsJsonObject();
        assertThat(word.keySet()).containsExactly("word", "start", "end", "confidence");
        assertThat(word.get("start").getAsString()).isEqualTo("5");
        assertThat(word.get("end").getAsString()).isEqualTo("6");
        assertThat(word.get("confidence").getAsDouble()).isBetween(0.9, 1.0);
        JsonObject best = first.getAsJsonArray("nbest").get(0).getAsJsonObject();
        assertThat(best.keySet()).containsExactly("text", "score", "acoustic", "lm");
        assertThat(best.get("score")).isEqualTo(first.get("score"));
    }

    @Test
    void writesTimesInSeconds() throws IOException {
        Outcome outcome =
                DecodeProgram.run(
                        twoUtterances().arguments("decode"),
                        "--greedy",
                        "--json",
                        "--frame-seconds",
                        "0.02");

        JsonObject utterance = outcome.events("utterance").get(0);
        JsonObject word = utterance.getAsJsonArray("words").get(1).getAsJsonObject();
        assertThat(word.get("start").getAsDouble()).isEqualTo(0.1);
        assertThat(word.get("end").getAsDouble()).isEqualTo(0.12);
    }

    @Test
    void printsJson() throws IOException {
        TinyModel model = twoUtterances().reference("u1", "aa b").reference("u2", "b");

        Outcome outcome =
                DecodeProgram.run(
                        model.arguments("decode"),
                        "--refs",
                        model.references(),
                        "--greedy",
                        "--json",
                        "--repeat",
                        3);

        assertThat(outcome.events("utterance")).hasSize(2);
        JsonObject words = outcome.events("errors").get(0).getAsJsonObject("words");
        assertThat(words.get("insertions").getAsInt()).isEqualTo(1);
        assertThat(words.get("rate").getAsDouble()).isEqualTo(1.0 / 3);
        JsonObject speed = outcome.events("speed").get(0);
        assertThat(speed.get("frames").getAsInt()).isEqualTo(13);
        assertThat(speed.get("passes").getAsInt()).isEqualTo(3);
        assertThat(speed.get("cpuSeconds").getAsDouble())
                .isLessThanOrEqualTo(speed.get("medianCpuSeconds").getAsDouble());
    }

    @Test
    void severalThreadsKeepTheOrder() throws IOException {
        TinyModel model = new TinyModel(folder);
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            String word = String.join("", Collections.nCopies(i % 7 + 1, "ab"));
            model.utterance("u" + i, word);
            expected.add("u" + i + "\t" + word);
        }

        Outcome outcome = DecodeProgram.run(model.arguments("decode"), "--threads", 4);

        assertThat(outcome.out().lines().limit(40)).containsExactlyElementsOf(expected);
    }

    @Test
    void warnsOfUtterancesThatOneSideLacks() throws IOException {
        TinyModel model =
                twoUtterances().reference("u1", "aa b").reference("u3", "a").reference("u4", "b");

        Outcome outcome =
                DecodeProgram.run(
                        model.arguments("decode"), "--refs", model.references(), "--greedy");

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.err().lines())
                .containsExactly(
                        "warning: utterances without a text in "
                                + folder.resolve("refs.jsonl")
                                + ": 1 (u2)",
                        "warning: texts of "
                                + folder.resolve("refs.jsonl")
                                + " without emissions: 2 (u3, u4)");
        assertThat(outcome.out()).containsPattern("words \\(WER\\) +0 +2 ");
    }

    @Test
    void beamSearchFindsTheTextOfWeightedPaths() throws IOException {
        // Each frame is blank with 0.4 and a with 0.6; blank-blank is likelier than no path of
        // greedy decoding, but the three paths of "a" are likelier together.
        float blank = (float) Math.log(0.6);
        float a = (float) Math.log(0.4);
        float never = -50;
        byte[] npy =
                TinyModel.npy("<f4", List.of(2, 4), blank, never, a, never, blank, never, a, never);
        TinyModel model = new TinyModel(folder).array("u", npy);

        assertThat(DecodeProgram.run(model.arguments("decode"), "--greedy").out())
                .startsWith("u\t\n");
        JsonObject found =
                DecodeProgram.run(model.arguments("decode"), "--json", "--nbest", 2)
                        .events("utterance")
                        .get(0);
        assertThat(found.get("text").getAsString()).isEqualTo("a");
        assertThat(found.getAsJsonArray("nbest")).hasSize(2);
    }

    @Test
    void hotwordsAreReported() throws IOException {
        Path hotwords =
                Files.writeString(folder.resolve("hot.txt"), "# names\n\naa\t2.5\nba\nx y\t1\n");

        Outcome outcome =
                DecodeProgram.run(
                        twoUtterances().arguments("decode"),
                        "--json",
                        "--hotwords",
                        hotwords,
                        "--frame-seconds",
                        0.5);

        JsonObject first = outcome.events("utterance").get(0);
        JsonArray reported = first.getAsJsonArray("hotwords");
        assertThat(reported).hasSize(3);
        JsonObject applied = reported.get(0).getAsJsonObject();
        assertThat(applied.get("phrase").getAsString()).isEqualTo("aa");
        assertThat(applied.get("weight").getAsDouble()).isEqualTo(2.5);
        assertThat(applied.get("status").getAsString()).isEqualTo("APPLIED");
        JsonObject occurrence = applied.getAsJsonArray("occurrences").get(0).getAsJsonObject();
        assertThat(occurrence.get("start").getAsDouble()).isZero();
        assertThat(reported.get(1).getAsJsonObject().get("weight").getAsDouble()).isEqualTo(5);
        assertThat(reported.get(2).getAsJsonObject().get("status").getAsString())
                .isEqualTo("NOT_IN_ALPHABET");
    }

    /** The bonus makes "a a a" likeliest, but "a b a" is nearer to what else may have been said. */
    @Test
    void minimumBayesRiskTakesTheTextWithTheFewestExpectedErrors() throws IOException {
        float space = (float) Math.log(0.999);
        float a = (float) Math.log(0.35);
        float b = (float) Math.log(0.65);
        float no = -50;
        float[] frames = {
            no, no, a, b, no, space, no, no, no, no, a, b, no, space, no, no, no, no, a, b
        };
        Path hotwords = Files.writeString(folder.resolve("hot.txt"), "a a a\t2\n");
        TinyModel model =
                new TinyModel(folder).array("u", TinyModel.npy("<f4", List.of(5, 4), frames));
        List<Object> arguments = new ArrayList<>(model.arguments("decode"));
        arguments.addAll(List.of("--hotwords", hotwords));

        assertThat(DecodeProgram.run(arguments).out()).startsWith("u\ta a a\n");
        assertThat(DecodeProgram.run(arguments, "--mbr", 8).out()).startsWith("u\ta b a\n");
    }

    @Test
    void eachCharacterOfAWordAddsGamma() throws IOException {
        List<Object> arguments = new TinyModel(folder).utterance("u", "a_b-b").arguments("decode");

        assertThat(best(arguments, "--gamma", 1.5).get("score").getAsDouble())
                .isCloseTo(
                        best(arguments).get("score").getAsDouble() + 3 * 1.5, Offset.offset(1e-9));
    }

    /** The lead of the space in the first frame leaves 5 % to paths without it. */
    @Test
    void aSeparatorBeforeTheFirstWordAddsTheEmptyWordScore() throws IOException {
        List<Object> arguments = new TinyModel(folder).utterance("u", "_a").arguments("decode");

        double free = best(arguments, "--empty-word-score", 0).get("acoustic").getAsDouble();

        assertThat(free - best(arguments).get("acoustic").getAsDouble()).isBetween(1.9, 2.3);
        assertThat(best(arguments).get("text").getAsString()).isEqualTo("a");
    }

    private static JsonObject best(List<Object> arguments, Object... options) {
        Outcome outcome =
                DecodeProgram.run(
                        Stream.concat(arguments.stream(), Stream.of("--json")).toList(), options);
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        return outcome.events("utterance").get(0);
    }

    @Test
    void theLexiconBinds() throws IOException {
        Path words = Files.writeString(folder.resolve("words.txt"), "ab\n");

        Outcome outcome =
                DecodeProgram.run(
                        new TinyModel(folder).utterance("u", "aab-a").arguments("decode"),
                        "--lexicon",
                        words);

        assertThat(outcome.out().lines().findFirst()).hasValue("u\tab");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--alpha 1              | --alpha has no meaning without --lm",
                "--lm-unit token        | --lm-unit has no meaning without --lm",
                "--unk-score -5         | --unk-score has no meaning without --lm",
                "--lexicon lm           | --lexicon lm has no meaning without --lm",
                "--greedy --beam 5      | --beam has no meaning with --greedy",
                "--greedy --beta 1      | --beta has no meaning with --greedy",
                "--greedy --gamma 1     | --gamma has no meaning with --greedy",
                "--greedy --empty-word-score 0 | --empty-word-score has no meaning with --greedy",
                "--empty-word-score 1   | the empty word score must be 0 or less, but is 1.0",
                "--gamma NaN            | --gamma: the character insertion bonus must be from -500 to 500, but is NaN",
                "--gamma -1e30          | must be from -500 to 500, but is -1.0E30",
                "--beta Infinity        | --beta: the word insertion bonus must be from -500 to 500",
                "--lm x --alpha 1e30    | --alpha: the language model weight must be from 0 to 100, but is 1.0E30",
                "--lm x --unk-score -Infinity | --unk-score: the unknown word score must be from -500 to 500",
                "--greedy --lm x        | --lm has no meaning with --greedy",
                "--greedy --hotwords x  | --hotwords has no meaning with --greedy",
                "--greedy --lexicon x   | --lexicon has no meaning with --greedy",
                "--greedy --json --nbest 2 | --nbest has no meaning with --greedy",
                "--nbest 2              | --nbest has no meaning without --out or --json",
                "--frame-seconds 0.1    | --frame-seconds has no meaning without --out or --json",
                "--json --frame-seconds 0 | --frame-seconds must be above 0 and at most 3600, but is 0.0",
                "--threads 0            | --threads must be from 1 to 1024, but is 0",
                "--beam 0               | --beam must be from 1 to 100000, but is 0",
                "--beam 1000000000      | --beam must be from 1 to 100000, but is 1000000000",
                "--json --nbest 0       | --nbest must be from 1 to 100000, but is 0",
                "--token-topk 0         | --token-topk: the number of tokens of a frame must be 1 or more, but is 0",
                "--mbr 1                | --mbr must be from 2 to 10000, but is 1",
                "--greedy --mbr 10      | --mbr has no meaning with --greedy",
                "--repeat 0             | --repeat must be from 1 to 1000000, but is 0",
                "--lm x --lm-unit token --lexicon lm | --lexicon lm needs a language model of words",
            })
    void rejectsOptionsThatCannotHaveAnEffect(String options, String message) throws IOException {
        Outcome outcome =
                DecodeProgram.run(
                        twoUtterances().arguments("decode"), (Object[]) options.split(" +"));

        outcome.assertWrongUsage("ctc-decode", message);
        assertThat(outcome.err()).hasLineCount(1);
    }
}
