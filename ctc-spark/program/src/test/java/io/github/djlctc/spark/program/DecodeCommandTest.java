package io.github.djlctc.spark.program;

import io.github.djlctc.emission.EmissionScale;
import io.github.djlctc.examples.common.command.Outcome;
import io.github.djlctc.examples.decode.CtcDecodeCommand;
import io.github.djlctc.numpy.NpzWriter;
import io.github.djlctc.testdata.ChildJvm;
import io.github.djlctc.testdata.EmissionSet;
import io.github.djlctc.testdata.RecordedUtterance;
import io.github.djlctc.text.Alphabet;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** Results are those of {@code ctc-decode}, whatever fails meanwhile. */
class DecodeCommandTest {

    @TempDir private static Path shared;

    private static Path emissions;
    private static Path references;
    private static Path languageModel;
    private static Map<String, JsonObject> expected;
    private static String expectedErrors;

    @TempDir Path folder;

    private Path out;

    @BeforeAll
    static void decodeOnOneMachine() throws Exception {
        emissions = shared.resolve("weak.npz");
        StringBuilder texts = new StringBuilder();
        try (NpzWriter writer = NpzWriter.create(emissions)) {
            for (RecordedUtterance utterance : EmissionSet.own("weak")) {
                int frames = utterance.frames();
                float[] scores = utterance.emissions();
                writer.write(utterance.id(), scores, frames, scores.length / frames);
                JsonObject text = new JsonObject();
                text.addProperty("utt", utterance.id());
                text.addProperty("text", utterance.reference());
                texts.append(text).append('\n');
            }
            writer.finish();
        }
        references = Files.writeString(shared.resolve("refs.jsonl"), texts);
        languageModel = shared.resolve("lm.arpa");
        ctcDecode(
                "build-lm",
                "--order=3",
                "--discount-fallback",
                "--text=" + EmissionSet.ownSentences(),
                "--out=" + languageModel);
        Path lines = shared.resolve("expected.jsonl");
        List<String> arguments = new ArrayList<>(List.of("decode", "--out=" + lines));
        arguments.addAll(options());
        arguments.addAll(List.of("--refs=" + references, "--json"));
        expectedErrors = event(ctcDecode(arguments.toArray(String[]::new)), "errors").toString();
        expected = new TreeMap<>();
        for (String line : Files.readAllLines(lines)) {
            JsonObject row = JsonParser.parseString(line).getAsJsonObject();
            if (row.has("utt")) {
                expected.put(row.get("utt").getAsString(), row);
            }
        }
    }

    private static List<String> ctcDecode(String... arguments) throws Exception {
        Process process =
                ChildJvm.of(CtcDecodeCommand.class, List.of("-XX:TieredStopAtLevel=1"), arguments)
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        List<String> output = process.inputReader().lines().toList();
        assertThat(process.waitFor()).isZero();
        return output;
    }

    private static JsonObject event(List<String> lines, String name) {
        return lines.stream()
                .filter(line -> line.startsWith("{"))
                .map(line -> JsonParser.parseString(line).getAsJsonObject())
                .filter(event -> event.get("event").getAsString().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Options that both programs take. */
    private static List<String> options() {
        return List.of(
                "--emissions=" + emissions,
                "--alphabet=" + EmissionSet.ownAlphabet(),
                "--lm=" + languageModel,
                "--nbest=3",
                "--prior-weight=0.4",
                "--frame-seconds=0.02");
    }

    @BeforeEach
    void nameTheOutput() {
        out = folder.resolve("out");
    }

    private List<Object> command(String... more) {
        List<Object> command = new ArrayList<>(List.of("decode", "--out", out));
        command.addAll(options());
        command.addAll(List.of("--master=local[2]", "--format=json", "--partitions=4"));
        command.addAll(Arrays.asList(more));
        return command;
    }

    private static void assertAsExpected(Map<String, JsonObject> rows) {
        assertThat(rows.keySet()).isEqualTo(expected.keySet());
        expected.forEach(
                (id, row) -> {
                    JsonObject actual = rows.get(id);
                    for (String member :
                            List.of("text", "score", "acoustic", "lm", "words", "nbest")) {
                        assertThat(actual.get(member)).as(id).isEqualTo(row.get(member));
                    }
                });
    }

    @Test
    void textsScoresWordsAndErrorRatesAreThoseOfCtcDecode() throws IOException {
        Outcome outcome = SparkProgram.run(command("--refs=" + references, "--json"));

        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertAsExpected(SparkProgram.read(out, "utt"));
        JsonObject errors = event(outcome.out().lines().toList(), "errors");
        JsonObject those = JsonParser.parseString(expectedErrors).getAsJsonObject();
        those.remove("confidenceArea");
        assertThat(errors).isEqualTo(those);
        JsonObject results = event(outcome.out().lines().toList(), "results");
        assertThat(results.get("utterances").getAsInt()).isEqualTo(expected.size());
        assertThat(results.get("failed").getAsInt()).isZero();
    }

    /** What a cluster's machines see is Parquet; here Spark made it of the archive. */
    @Test
    void parquetGivesTheSame() throws IOException {
        Path parquet = folder.resolve("emissions.parquet");
        try (SparkSession session = TestSpark.start()) {
            new EmissionFile(
                            emissions.toString(),
                            Alphabet.read(EmissionSet.ownAlphabet()),
                            EmissionScale.LOGITS)
                    .rows(session, session.range(0, expected.size(), 1, 3).as(Encoders.LONG()))
                    .drop("error")
                    .write()
                    .parquet(parquet.toString());
        }
        List<Object> command = command();
        command.set(command.indexOf("--emissions=" + emissions), "--emissions=" + parquet);

        Outcome outcome = SparkProgram.run(command);

        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertAsExpected(SparkProgram.read(out, "utt"));
    }

    @Test
    void probabilitiesInParquetAreDecoded() throws IOException {
        Path parquet = folder.resolve("emissions.parquet");
        int classes = Alphabet.read(EmissionSet.ownAlphabet()).size();
        try (SparkSession session = TestSpark.start()) {
            session.range(1)
                    .selectExpr(
                            "'a' as utt",
                            "transform(sequence(1, %d), i -> float(if(i = 1, 0.5, 0.5 / %d))) as emissions"
                                    .formatted(classes, classes - 1))
                    .write()
                    .parquet(parquet.toString());
        }
        for (String decoder : List.of("--greedy", "--nbest=2")) {
            Path to = folder.resolve(decoder.substring(2, 5));
            Outcome outcome =
                    SparkProgram.run(
                            List.of("decode", "--emissions-are=probabilities", "--master=local[1]"),
                            decoder,
                            "--format=json",
                            "--alphabet=" + EmissionSet.ownAlphabet(),
                            "--emissions=" + parquet,
                            "--out=" + to);
            assertThat(outcome.exitCode()).as(outcome.err()).isZero();
            JsonObject row = SparkProgram.read(to, "utt").get("a");
            assertThat(row.get("error").isJsonNull()).as(row.toString()).isTrue();
        }
    }

    /** A run that is resumed could not tell them apart. */
    @Test
    void parquetWithAnIdTwiceIsRefused() throws IOException {
        Path parquet = folder.resolve("emissions.parquet");
        try (SparkSession session = TestSpark.start()) {
            session.range(4)
                    .selectExpr(
                            "if(id = 3, 'u1', concat('u', id)) as utt",
                            "array(float(0)) as emissions")
                    .write()
                    .parquet(parquet.toString());
        }
        List<Object> command = command();
        command.set(command.indexOf("--emissions=" + emissions), "--emissions=" + parquet);

        Outcome outcome = SparkProgram.run(command);

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err())
                .contains("emissions.parquet has 2 rows with the \"utt\" u1; give each row an id");
        assertThat(out).doesNotExist();
    }

    @Test
    void aTruncatedParquetFileIsToldInALine() throws IOException {
        Path cut = Files.write(folder.resolve("cut.parquet"), "PAR1 and no more".getBytes(UTF_8));
        List<Object> command = command();
        command.set(command.indexOf("--emissions=" + emissions), "--emissions=" + cut);

        Outcome outcome = SparkProgram.run(command);

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err()).contains("cut.parquet").doesNotContain("\tat ");
        assertThat(out).doesNotExist();
    }

    @Test
    void anUnusableUtteranceIsARowWithItsReason() throws IOException {
        Path damaged = folder.resolve("damaged.npz");
        int classes =
                EmissionSet.own("weak").get(0).emissions().length
                        / EmissionSet.own("weak").get(0).frames();
        float[] broken = new float[2 * classes];
        broken[3] = Float.NaN;
        try (NpzWriter writer = NpzWriter.create(damaged)) {
            writer.write("broken", broken, 2, classes);
            writer.write("good", new float[2 * classes], 2, classes);
            writer.finish();
        }
        List<Object> command = command();
        command.set(command.indexOf("--emissions=" + emissions), "--emissions=" + damaged);

        Outcome outcome = SparkProgram.run(command);

        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        Map<String, JsonObject> rows = SparkProgram.read(out, "utt");
        assertThat(rows.get("broken").get("error").getAsString()).contains("frame 0, class 3");
        assertThat(rows.get("broken").get("text").isJsonNull()).isTrue();
        assertThat(rows.get("good").get("error").isJsonNull()).isTrue();
        assertThat(outcome.out()).contains("failed      1").contains("broken: ");
    }

    @Test
    void anExistingFolderIsRefusedAndResumed() throws IOException {
        Outcome first = SparkProgram.run(command());
        assertThat(first.exitCode()).isZero();
        assertThat(first.err()).contains("label prior");
        Outcome again = SparkProgram.run(command());
        assertThat(again.exitCode()).isEqualTo(2);
        assertThat(again.err())
                .contains("is there already")
                .contains("--resume")
                .as("before all emissions are read")
                .doesNotContain("label prior");

        // As if a run had been killed before it had written one of the parts, and after one of its
        // tasks had ended.
        List<Path> parts;
        try (Stream<Path> files = Files.list(out)) {
            parts = files.filter(f -> f.getFileName().toString().startsWith("part-")).toList();
        }
        Path task = out.resolve("_temporary/0/task_202601010000001_0000_m_000000");
        Files.createDirectories(task);
        Files.copy(parts.get(1), task.resolve("part-00000-of-the-killed-run.json"));
        Files.delete(parts.get(0));
        Files.writeString(
                out.resolve("_ctc-spark.lock"), "{\"host\":\"" + host() + "\",\"process\":0}");
        Map<String, JsonObject> left = SparkProgram.read(out, "utt");
        assertThat(left.size()).isLessThan(expected.size());

        Outcome other = SparkProgram.run(command("--resume", "--alpha=0.9"));
        assertThat(other.exitCode()).isEqualTo(2);
        assertThat(other.err()).contains("other inputs or options");
        Outcome resumed = SparkProgram.run(command("--resume"));
        assertThat(resumed.exitCode()).as(resumed.err()).isZero();
        assertThat(resumed.out()).contains("(" + left.size() + " by an earlier run)");
        assertAsExpected(SparkProgram.read(out, "utt"));
    }

    private static String host() throws IOException {
        return InetAddress.getLocalHost().getHostName();
    }

    @Test
    void twoRunsAtATimeAreRefused() throws IOException {
        assertThat(SparkProgram.run(command()).exitCode()).isZero();
        assertThat(out.resolve("_ctc-spark.lock")).doesNotExist();
        Files.writeString(
                out.resolve("_ctc-spark.lock"),
                "{\"host\":\"%s\",\"process\":%d}"
                        .formatted(host(), ProcessHandle.current().pid()));

        Outcome second = SparkProgram.run(command("--resume"));

        assertThat(second.exitCode()).isEqualTo(1);
        assertThat(second.err()).contains("writes into it; wait for its end");
    }

    @Test
    void mistakesAreToldBeforeAnythingIsWritten() {
        assertMistake("--alpha has no meaning with --greedy", 2, "--greedy", "--alpha=0.5");
        assertMistake("no such file", 2, "--lexicon=" + folder.resolve("none.txt"));
        assertMistake("--master", 2, "--master=nowhere");
        assertMistake("spark.", 2, "--conf", "executor.memory=1g");
        assertMistake("Spark does not start", 2, "--conf", "spark.driver.maxResultSize=lots");
        assertThat(out).doesNotExist();
    }

    private void assertMistake(String message, int exitCode, String... options) {
        List<Object> command = new ArrayList<>(List.of("decode", "--out", out));
        command.addAll(
                List.of("--emissions=" + emissions, "--alphabet=" + EmissionSet.ownAlphabet()));
        if (Stream.of(options).noneMatch(option -> option.startsWith("--master"))) {
            command.add("--master=local[1]");
        }
        Outcome outcome = SparkProgram.run(command, (Object[]) options);
        assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(exitCode);
        assertThat(outcome.err()).contains(message).doesNotContain("\tat ");
    }
}
