package io.github.djlctc.spark.program;

import io.github.djlctc.decode.BeamSearchDecoder;
import io.github.djlctc.decode.Hypothesis;
import io.github.djlctc.numpy.NpzWriter;
import io.github.djlctc.testdata.ChildJvm;
import io.github.djlctc.testdata.EmissionSet;
import io.github.djlctc.testdata.RecordedUtterance;
import io.github.djlctc.text.Alphabet;

import com.google.gson.JsonObject;
import org.apache.spark.launcher.JavaModuleOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scala.util.Properties;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

/** A master and two workers in a process of their own, which start an executor process each. */
class ClusterTest {

    private static final int COPIES = 15;
    private static final Pattern SOME_DONE = Pattern.compile("decode: [1-9]\\d*/.*");

    @TempDir Path folder;

    private Process driver;

    @AfterEach
    void end() {
        if (driver != null && driver.isAlive()) {
            driver.descendants().forEach(ProcessHandle::destroyForcibly);
            driver.destroyForcibly();
        }
    }

    private Path emissions() throws IOException {
        Path file = folder.resolve("emissions.npz");
        try (NpzWriter writer = NpzWriter.create(file)) {
            for (int copy = 0; copy < COPIES; copy++) {
                for (RecordedUtterance utterance : EmissionSet.own("weak")) {
                    float[] scores = utterance.emissions();
                    int frames = utterance.frames();
                    writer.write(
                            utterance.id() + "/" + copy, scores, frames, scores.length / frames);
                }
            }
            writer.finish();
        }
        return file;
    }

    private Process start(Path out) throws IOException {
        // Spark's scripts look for its jars there; executors get them by their class path.
        Path home = folder.resolve("spark");
        Files.createDirectories(home.resolve("jars"));
        List<String> options = new ArrayList<>();
        options.add("-Xmx512m");
        options.addAll(Arrays.asList(JavaModuleOptions.defaultModuleOptions().split(" +")));
        ProcessBuilder program =
                ChildJvm.of(
                        SparkCommand.class,
                        options,
                        "decode",
                        "--master=local-cluster[2,1,700]",
                        "--conf",
                        "spark.executor.memory=600m",
                        "--conf",
                        "spark.executor.extraClassPath=" + System.getProperty("java.class.path"),
                        "--emissions=" + emissions(),
                        "--alphabet=" + EmissionSet.ownAlphabet(),
                        "--format=json",
                        "--partitions=24",
                        "--out=" + out);
        program.environment().put("SPARK_HOME", home.toString());
        program.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
        String scala = Properties.versionNumberString();
        program.environment()
                .put("SPARK_SCALA_VERSION", scala.substring(0, scala.lastIndexOf('.')));
        program.directory(folder.toFile());
        return program.redirectErrorStream(true).start();
    }

    @Test
    void anExecutorThatIsKilledChangesNothing() throws Exception {
        Path out = folder.resolve("out");
        driver = start(out);
        StringBuilder log = new StringBuilder();
        boolean killed = false;
        BufferedReader lines = driver.inputReader();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            log.append(line).append('\n');
            if (!killed && SOME_DONE.matcher(line).matches()) {
                List<ProcessHandle> executors = executors();
                assertThat(executors).as(log.toString()).hasSize(2);
                assertThat(executors.get(0).destroyForcibly()).isTrue();
                killed = true;
            }
        }

        assertThat(driver.waitFor()).as(log.toString()).isZero();
        assertThat(killed).as(log.toString()).isTrue();
        Map<String, JsonObject> rows = SparkProgram.read(out, "utt");
        BeamSearchDecoder decoder =
                BeamSearchDecoder.builder()
                        .setAlphabet(Alphabet.read(EmissionSet.ownAlphabet()))
                        .build();
        List<RecordedUtterance> utterances = EmissionSet.own("weak");
        assertThat(rows).hasSize(COPIES * utterances.size());
        for (RecordedUtterance utterance : utterances) {
            Hypothesis best = decoder.decode(utterance.emissions(), utterance.frames());
            for (int copy = 0; copy < COPIES; copy++) {
                JsonObject row = rows.get(utterance.id() + "/" + copy);
                assertThat(row.get("text").getAsString()).isEqualTo(best.text());
                assertThat(row.get("score").getAsDouble()).isEqualTo(best.score());
            }
        }
    }

    /** Their command lines are too long to be seen; the driver starts no other JVMs. */
    private List<ProcessHandle> executors() {
        return driver.descendants()
                .filter(process -> process.info().command().orElse("").endsWith("java"))
                .toList();
    }
}
