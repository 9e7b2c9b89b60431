package io.github.djlctc.examples.decode;

import io.github.djlctc.examples.common.command.Outcome;
import io.github.djlctc.testdata.EmissionSet;
import io.github.djlctc.testdata.TestData;

import com.google.gson.JsonObject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

import static org.assertj.core.api.Assertions.assertThat;

/** The text of an utterance must not depend on what else is decoded. */
class LabelPriorTest {

    @TempDir Path folder;

    private Path model;
    private Path prior;

    @BeforeEach
    void buildLanguageModel() {
        prior = folder.resolve("prior.txt");
        model = folder.resolve("sentences.arpa");
        DecodeProgram.buildLanguageModel(2, model);
    }

    private static Path all() {
        return TestData.own("emissions/weak.npz");
    }

    private List<Object> arguments(String command, Path emissions) {
        return List.of(
                command,
                "--emissions",
                emissions,
                "--alphabet",
                EmissionSet.ownAlphabet(),
                "--lm",
                model);
    }

    /** Writes an archive of each utterance of another. */
    private List<Path> alone() throws IOException {
        List<Path> archives = new ArrayList<>();
        try (ZipInputStream in = new ZipInputStream(Files.newInputStream(all()))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                Path archive = folder.resolve(archives.size() + ".npz");
                try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(archive))) {
                    out.putNextEntry(new ZipEntry(entry.getName()));
                    in.transferTo(out);
                }
                archives.add(archive);
            }
        }
        return archives;
    }

    private static JsonObject event(Outcome outcome) {
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        return outcome.events("labelPrior").get(0);
    }

    @Test
    void withThePriorOfAFileAnUtteranceAloneIsDecodedAsInCompany() throws IOException {
        Outcome writing =
                DecodeProgram.run(arguments("decode", all()), "--write-prior", prior, "--json");
        assertThat(event(writing).get("source").getAsString()).isEqualTo("emissions");

        Outcome company = DecodeProgram.run(arguments("decode", all()), "--prior", prior, "--json");

        assertThat(event(company).get("source").getAsString()).isEqualTo("file");
        assertThat(company.events("utterance")).isEqualTo(writing.events("utterance"));
        List<JsonObject> separately = new ArrayList<>();
        for (Path archive : alone()) {
            Outcome outcome =
                    DecodeProgram.run(arguments("decode", archive), "--prior", prior, "--json");
            separately.addAll(outcome.events("utterance"));
        }
        assertThat(separately).hasSize(20).isEqualTo(company.events("utterance"));
    }

    @Test
    void theReportSaysWhatThePriorIsOf() throws IOException {
        Outcome estimated = DecodeProgram.run(arguments("decode", all()), "--write-prior", prior);
        Outcome read =
                DecodeProgram.run(
                        arguments("decode", all()), "--prior", prior, "--prior-weight", 0.3);

        assertThat(estimated.out())
                .containsPattern(
                        "label prior weight 0.5, estimated from all [\\d,]+ frames of these 20"
                                + " utterances")
                .contains("texts depend on what is decoded together, unless --prior");
        assertThat(read.out())
                .contains("label prior weight 0.3, of " + prior + ", estimated from ")
                .doesNotContain("depend");
    }

    @Test
    void fewFramesGiveNoPriorAndTheRemedy() throws IOException {
        Path archive = alone().get(0);

        Outcome plain = DecodeProgram.run(arguments("decode", archive));
        Outcome json = DecodeProgram.run(arguments("decode", archive), "--json");
        Outcome none =
                DecodeProgram.run(arguments("decode", archive), "--prior-weight", 0, "--json");

        assertThat(plain.out())
                .containsPattern(
                        "label prior none: \\d+ frames are too few to estimate it from, which takes"
                                + " 2,000; --prior takes one from a file");
        assertThat(event(json).get("source").getAsString()).isEqualTo("too_few_frames");
        assertThat(json.events("utterance")).isEqualTo(none.events("utterance"));
        assertThat(event(none).get("source").getAsString()).isEqualTo("none");
        Outcome wrong = DecodeProgram.run(arguments("decode", archive), "--prior-weight", 1.5);
        assertThat(wrong.exitCode()).isEqualTo(2);
        assertThat(wrong.err()).contains("--prior-weight must be from 0 to 1, but is 1.5");
    }

    @Test
    void fewFramesAreNotWritten() throws IOException {
        Outcome outcome =
                DecodeProgram.run(arguments("decode", alone().get(0)), "--write-prior", prior);

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err()).contains("--write-prior: ", "too few", "give more emissions");
        assertThat(prior).doesNotExist();
    }

    @Test
    void withoutALanguageModelAPriorIsWrittenButNotUsed() {
        List<Object> arguments = arguments("decode", all()).subList(0, 5);

        Outcome outcome = DecodeProgram.run(arguments, "--write-prior", prior, "--json");

        assertThat(event(outcome).get("source").getAsString()).isEqualTo("none");
        assertThat(prior).exists();
        assertThat(event(DecodeProgram.run(arguments, "--prior", prior, "--json")))
                .satisfies(event -> assertThat(event.get("weight").getAsDouble()).isEqualTo(0.5));
    }

    @Test
    void theCommandOfTuneUsesThePriorThatTuneWrote() {
        List<Object> tune = new ArrayList<>(arguments("tune", all()));
        Collections.addAll(
                tune,
                "--refs",
                TestData.own("emissions/references.jsonl"),
                "--alphas",
                "0.5",
                "--betas",
                "2",
                "--picture",
                folder.resolve("tune.png"));

        Outcome written = DecodeProgram.run(tune, "--write-prior", prior);
        Outcome lost = DecodeProgram.run(tune);

        assertThat(written.exitCode()).as(written.err()).isZero();
        assertThat(written.out()).contains("Label prior in " + prior);
        String command =
                written.out().lines().filter(l -> l.startsWith("ctc-decode")).findFirst().get();
        assertThat(command).contains(" --prior " + prior).doesNotContain("--write-prior");
        assertThat(lost.out()).contains("write this one with --write-prior FILE");
        Object[] decode = command.substring("ctc-decode ".length()).split(" ");
        String best = line(written, "words (WER)").replace("-", "");
        assertThat(line(DecodeProgram.run(decode), "words (WER)")).isEqualTo(best);
    }

    private static String line(Outcome outcome, String start) {
        return outcome.out().lines().filter(line -> line.startsWith(start)).findFirst().get();
    }

    @Test
    void aPriorOfAnotherAlphabetIsAnError() throws IOException {
        DecodeProgram.run(arguments("decode", all()), "--write-prior", prior);
        List<String> lines = new ArrayList<>(Files.readAllLines(prior));
        lines.set(3, lines.get(3).replaceFirst("^.", "§"));
        Files.write(prior, lines);

        Outcome outcome = DecodeProgram.run(arguments("decode", all()), "--prior", prior);

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err())
                .contains("--prior " + prior + ": class 2 of the label prior (line 4 of its file)");
    }

    @ParameterizedTest
    @CsvSource({
        "--greedy --prior p, --prior has no meaning with --greedy",
        "--greedy --write-prior p, --write-prior has no meaning with --greedy",
        "--prior p --write-prior q, --write-prior has no meaning with --prior",
        "--write-prior no/such/p, --write-prior: there is no folder",
        "--prior none.txt, no such file or folder: none.txt",
    })
    void optionsThatCannotBeMet(String options, String message) {
        Object[] more = options.split(" ");
        List<Object> arguments = arguments("decode", all());

        Outcome outcome = DecodeProgram.run(arguments.subList(0, 5), more);

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err()).contains(message);
    }
}
