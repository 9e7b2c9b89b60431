package io.github.djlctc.spark;

import io.github.djlctc.testdata.ChildJvm;

import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Executors that are other processes get the model from Spark. */
class ShippedModelTest {

    @TempDir private Path folder;

    @Test
    void executorsGetTheModelFromSpark() throws Exception {
        Path model = ServedFolders.speech(folder);
        Path sounds = Files.createDirectory(folder.resolve("sounds"));
        for (int i = 0; i < 6; i++) {
            ServedFolders.noise(sounds.resolve(i + ".wav"), 1500 + 900 * i);
        }
        List<String> expected = new ArrayList<>();
        for (Row row :
                ModelTranscriber.builder()
                        .setModel(model)
                        .build()
                        .transcribe(
                                LocalSpark.session()
                                        .read()
                                        .format("binaryFile")
                                        .load(sounds.toString()))
                        .orderBy("path")
                        .collectAsList()) {
            expected.add(row.getAs("path") + "\t" + row.getAs("text"));
        }
        expected.addAll(expected.subList(0, 6));

        List<String> printed = new ArrayList<>(run(model, sounds));

        printed.removeIf(line -> !line.contains("\t"));
        assertThat(printed).isEqualTo(expected);
    }

    private List<String> run(Path model, Path sounds) throws Exception {
        Path home = folder.resolve("home");
        Files.createDirectories(home.resolve("jars"));
        List<String> options =
                ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                        .filter(option -> option.startsWith("--add-opens"))
                        .toList();
        ProcessBuilder builder =
                ChildJvm.of(ClusterProgram.class, options, model.toString(), sounds.toString());
        builder.environment().put("SPARK_HOME", home.toString());
        builder.environment().put("SPARK_SCALA_VERSION", "2.12"); // else found by folders
        builder.environment().put("OPT_OUT_TRACKING", "true");
        Path errors = folder.resolve("errors.txt");
        Process process = builder.redirectError(errors.toFile()).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(Files.readString(errors)).isZero();
        return out.lines().toList();
    }
}
