package io.github.djlctc.spark.program;

import io.github.djlctc.examples.common.OutputFileException;
import io.github.djlctc.examples.common.command.EstimationOptions;
import io.github.djlctc.examples.common.command.LateProgress;
import io.github.djlctc.file.AtomicFile;
import io.github.djlctc.lm.estimate.DiscountException;
import io.github.djlctc.lm.estimate.EstimatedNGrams;
import io.github.djlctc.lm.estimate.NGramEstimator;
import io.github.djlctc.lm.estimate.TemporaryStorageException;
import io.github.djlctc.spark.NGramCounter;
import io.github.djlctc.spark.TextLines;

import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

/** {@code ctc-spark build-lm}. */
@Command(
        name = "build-lm",
        description = {
            "Estimates an n-gram model from texts of any size: Spark counts the n-grams, this process"
                    + " estimates.",
            "The model is that of \"ctc-decode build-lm\" of the texts one after the other."
        },
        sortOptions = false)
final class BuildLanguageModelCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Option(
            names = "--text",
            required = true,
            arity = "1..*",
            paramLabel = "PATH",
            description =
                    "A sentence a line, UTF-8: files, folders, patterns such as 'texts/*.gz', or URLs"
                            + " such as s3a://...")
    private List<String> texts;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "ARPA",
            description = "Where to write the model; compressed if the name ends with .gz.")
    private Path out;

    @Mixin private EstimationOptions options;
    @Mixin private SparkOptions spark;

    @Override
    public Integer call() throws IOException {
        spark.check();
        OutputFileException.guard(out, () -> AtomicFile.checkTarget(out));
        try (LateProgress progress = new LateProgress();
                SparkSession session = spark.start("ctc-spark build-lm")) {
            NGramEstimator estimator =
                    options.estimator(
                            out.toAbsolutePath().getParent(),
                            (step, units) -> progress.add(step, units, 0, step.unit()));
            TextLines lines = Inputs.checked(() -> TextLines.read(session, paths()));
            write(Inputs.checked(() -> NGramCounter.of(estimator).estimate(lines)), progress);
        } catch (DiscountException e) {
            throw new IOException(texts + ": " + e.getMessage() + " (--discount-fallback)", e);
        } catch (TemporaryStorageException e) {
            throw EstimationOptions.withOptions(e);
        }
        return 0;
    }

    private String[] paths() {
        return texts.toArray(String[]::new);
    }

    private void write(EstimatedNGrams estimated, LateProgress progress) throws IOException {
        try (EstimatedNGrams model = estimated) {
            OutputFileException.guard(out, () -> model.writeArpa(out));
            progress.end();
            for (int n = 1; n <= model.order(); n++) {
                spec.commandLine()
                        .getOut()
                        .printf(Locale.ROOT, "%d-grams  %,15d%n", n, model.count(n));
            }
            spec.commandLine().getOut().printf("Model in %s.%n", out);
            spec.commandLine().getOut().flush();
        }
    }
}
