package io.github.djlctc.spark.program;

import io.github.djlctc.emission.EmissionScale;
import io.github.djlctc.examples.common.emission.Emissions;
import io.github.djlctc.text.Alphabet;

import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Options that name the output of the CTC model. */
final class EmissionInput {

    @Option(
            names = "--emissions",
            required = true,
            paramLabel = "PATH",
            description =
                    "What the model gave: an .npz archive, a folder of .npy files, or one such file,"
                            + " with a float array (frames, classes) for each utterance, as"
                            + " ctc-decode takes it; or Parquet, a file, a folder or a URL, with the"
                            + " columns utt and emissions (array<float>, frame by frame, or an array"
                            + " of frames).")
    private String emissions;

    @Option(
            names = "--emissions-are",
            defaultValue = "logits",
            paramLabel = "SCALE",
            description =
                    "What the emissions are: ${COMPLETION-CANDIDATES} (default:"
                            + " ${DEFAULT-VALUE}, which are logits or natural log probabilities).")
    private EmissionScale scale;

    /** Tells whether the first array has as many classes as an alphabet. */
    boolean firstFits(Alphabet alphabet) throws IOException {
        return !isParquet() && Emissions.firstFits(Path.of(emissions), alphabet);
    }

    /**
     * Opens the emissions.
     *
     * @throws IOException if there are none, or they are of other classes
     */
    EmissionTable open(SparkSession session, Alphabet alphabet) throws IOException {
        return isParquet()
                ? ParquetEmissions.open(session, emissions, scale)
                : ArrayEmissions.open(
                        session,
                        new EmissionFile(
                                Path.of(emissions).toAbsolutePath().toString(), alphabet, scale));
    }

    private boolean isParquet() throws IOException {
        if (emissions.matches("[a-z][a-z0-9+.-]+:.*") || emissions.endsWith(".parquet")) {
            return true;
        }
        Path path = Path.of(emissions);
        if (!Files.isDirectory(path)) {
            return false;
        }
        try (Stream<Path> inside = Files.list(path)) {
            return inside.anyMatch(file -> file.toString().endsWith(".parquet"));
        }
    }
}
