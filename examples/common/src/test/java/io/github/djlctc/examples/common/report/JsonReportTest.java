package io.github.djlctc.examples.common.report;

import ai.djl.Device;

import io.github.djlctc.checkpoint.TrainingPosition;
import io.github.djlctc.examples.common.SkippedSamples;
import io.github.djlctc.examples.common.WordErrorUnit;
import io.github.djlctc.examples.common.data.Corpus;
import io.github.djlctc.examples.common.data.CorpusSample;
import io.github.djlctc.examples.common.decoding.DecodingErrors;
import io.github.djlctc.examples.common.decoding.TunedDecoder;
import io.github.djlctc.examples.common.train.Averaging;
import io.github.djlctc.examples.common.train.BatchBounds;
import io.github.djlctc.examples.common.train.ConcatenatedPairs;
import io.github.djlctc.examples.common.train.EpochResult;
import io.github.djlctc.examples.common.train.Evaluation;
import io.github.djlctc.examples.common.train.MeanResult;
import io.github.djlctc.examples.common.train.StepTimes;
import io.github.djlctc.examples.common.train.TrainingOptions;
import io.github.djlctc.examples.common.train.Transcript;
import io.github.djlctc.metric.ErrorCounts;
import io.github.djlctc.monitor.EpochStatistics;
import io.github.djlctc.monitor.NonFinitePolicy;
import io.github.djlctc.monitor.TrainingDiagnosis;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

class JsonReportTest {

    private static final Path FORMATS = Path.of("../../docs/reference/formats.md");

    @Test
    void writesNumbersThatJsonDoesNotKnowAsNull() {
        StringWriter out = new StringWriter();
        new JsonReport(new PrintWriter(out)).epoch(epoch());

        assertThat(JsonParser.parseString(out.toString()).toString())
                .isEqualTo(
                        "{\"event\":\"epoch\",\"epoch\":1,\"loss\":null,\"validationLoss\":null,"
                                + "\"cer\":0.0,\"wer\":0.0,\"gradientNorm\":2.5,"
                                + "\"clipRate\":0.25,\"blankShare\":0.5,\"entropy\":null,"
                                + "\"leftOutShare\":0.125,\"skippedSteps\":1,\"diagnosis\":\"BLANK_PLATEAU\","
                                + "\"learningRate\":0.001,\"consistency\":0.125,\"seconds\":3.0,"
                                + "\"stepSeconds\":{\"waiting\":0.25,\"forward\":1.0,"
                                + "\"backward\":1.5,\"update\":null},\"best\":true}");
    }

    private static EpochResult epoch() {
        EpochStatistics statistics =
                new EpochStatistics(
                        1, 9, 1, 3, 2, 2.5, 4, 0.25, 0.125, 0.5, Double.NaN, 1, Double.NaN);
        return new EpochResult(
                1,
                Double.NaN,
                Double.POSITIVE_INFINITY,
                ErrorCounts.ZERO,
                ErrorCounts.ZERO,
                statistics,
                TrainingDiagnosis.BLANK_PLATEAU,
                0.001,
                3,
                new StepTimes(0.25, 1, 1.5, Double.NaN),
                0.125,
                true);
    }

    @Test
    void tellsTheErrorsOfTheMeanOfTheBestEpochs() {
        StringWriter out = new StringWriter();
        Evaluation evaluation =
                new Evaluation(
                        0.5,
                        List.of(),
                        new ErrorCounts(1, 0, 0, 4),
                        WordErrorUnit.WORD,
                        new ErrorCounts(1, 0, 0, 2),
                        0);

        new JsonReport(new PrintWriter(out)).mean(new MeanResult(3, evaluation, true));

        assertThat(JsonParser.parseString(out.toString()).toString())
                .isEqualTo(
                        "{\"event\":\"mean\",\"epochs\":3,\"validationLoss\":0.5,\"cer\":0.25,"
                                + "\"wer\":0.5,\"best\":true}");
    }

    @Test
    void printsNoFieldThatIsNotDocumented() throws Exception {
        StringWriter out = new StringWriter();
        printAll(new JsonReport(new PrintWriter(out)));
        List<JsonObject> events =
                out.toString()
                        .lines()
                        .map(line -> JsonParser.parseString(line).getAsJsonObject())
                        .toList();
        Map<String, String> rows = documentedEvents();

        assertThat(events.stream().map(event -> event.get("event").getAsString()))
                .containsExactlyInAnyOrder(
                        "start",
                        "concatenated",
                        "resume",
                        "epoch",
                        "mean",
                        "decoder",
                        "transcript",
                        "skipped",
                        "errors",
                        "end");
        for (JsonObject event : events) {
            String kind = event.get("event").getAsString();
            String fields = rows.get(kind).split("\\|", -1)[3];
            boolean hasErrors = kind.equals("decoder") || kind.equals("errors");
            assertDocuments("`event`" + fields + (hasErrors ? errors() : ""), event);
        }
    }

    private static void assertDocuments(String text, JsonObject object) {
        for (Map.Entry<String, JsonElement> field : object.entrySet()) {
            assertThat(text).as("in %s", object).contains("`" + field.getKey() + "`");
            if (field.getValue().isJsonObject()) {
                assertDocuments(text, field.getValue().getAsJsonObject());
            }
        }
    }

    /** The line that tells what errors are, of all events that have them. */
    private static String errors() throws IOException {
        return Files.readAllLines(FORMATS).stream()
                .filter(line -> line.startsWith("Errors are two objects"))
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, String> documentedEvents() throws IOException {
        List<String> lines = Files.readAllLines(FORMATS);
        int heading = lines.indexOf("### Events of training and evaluation");
        return lines.subList(heading, lines.size()).stream()
                .filter(line -> line.startsWith("| `"))
                .collect(Collectors.toMap(line -> line.split("`", -1)[1], line -> line));
    }

    private static void printAll(JsonReport report) {
        ErrorCounts counts = new ErrorCounts(1, 0, 0, 4);
        DecodingErrors errors = new DecodingErrors(WordErrorUnit.WORD, counts, counts);
        Evaluation evaluation =
                new Evaluation(
                        0.5,
                        List.of(new Transcript("u", "A", "B")),
                        counts,
                        WordErrorUnit.WORD,
                        counts,
                        0);
        report.start(
                new RunDescription(
                        new Corpus<CorpusSample>(
                                "tiny", "samples", List.of(), List.of(), List.of()),
                        Map.of(),
                        new JsonObject(),
                        5,
                        Device.cpu(),
                        allOptions()));
        report.concatenated(new ConcatenatedPairs(2, 7));
        report.resume(new TrainingPosition(1, 2));
        report.epoch(epoch());
        report.mean(new MeanResult(3, evaluation, true));
        report.tuned(
                new TunedDecoder(
                        TunedDecoder.Choice.GREEDY,
                        "none",
                        Optional.empty(),
                        4,
                        errors,
                        Optional.of(errors)));
        report.transcripts(evaluation, Path.of("test.jsonl"));
        SkippedSamples skipped = new SkippedSamples(SkippedSamples.Policy.SKIP);
        skipped.add("u", "empty", "nothing");
        report.skipped(skipped);
        report.errors("test", "greedy", evaluation);
        report.end(2, OptionalLong.of(3), Path.of("model"));
    }

    private static TrainingOptions allOptions() {
        return new TrainingOptions(
                2,
                BatchBounds.ofSamples(3),
                0.1f,
                4,
                0.01f,
                3,
                NonFinitePolicy.HALT,
                3,
                1,
                0.2,
                0.5,
                new Averaging(OptionalDouble.of(0.9), 2),
                Path.of("model"),
                1);
    }
}
