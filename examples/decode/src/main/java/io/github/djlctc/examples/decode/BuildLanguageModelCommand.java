package io.github.djlctc.examples.decode;

import io.github.djlctc.examples.common.OutputFileException;
import io.github.djlctc.examples.common.command.EstimationOptions;
import io.github.djlctc.examples.common.command.LateProgress;
import io.github.djlctc.examples.common.command.OptionRules;
import io.github.djlctc.examples.common.console.TextTable;
import io.github.djlctc.file.AtomicFile;
import io.github.djlctc.lm.estimate.DiscountException;
import io.github.djlctc.lm.estimate.Discounts;
import io.github.djlctc.lm.estimate.EstimatedNGrams;
import io.github.djlctc.lm.estimate.EstimationListener;
import io.github.djlctc.lm.estimate.NGramEstimator;
import io.github.djlctc.lm.estimate.TemporaryStorageException;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;

/** {@code ctc-decode build-lm}. */
@Command(
        name = "build-lm",
        description =
                "Estimates an n-gram model from a text, by interpolated modified Kneser-Ney"
                        + " smoothing, as KenLM's lmplz does.",
        sortOptions = false)
final class BuildLanguageModelCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Mixin private EstimationOptions options;

    @Option(
            names = "--text",
            required = true,
            paramLabel = "FILE",
            description = "A sentence a line, UTF-8, plain or gzip.")
    private Path text;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "ARPA",
            description = "Where to write the model; compressed if the name ends with .gz.")
    private Path out;

    @Override
    public Integer call() throws IOException {
        new OptionRules(spec).rejectOverwriting("--out");
        OutputFileException.guard(out, () -> AtomicFile.checkTarget(out));
        // How many words and n-grams there will be is not known before they are read and sorted.
        try (LateProgress progress = new LateProgress();
                EstimatedNGrams model =
                        estimator((step, units) -> progress.add(step, units, 0, step.unit()))
                                .estimate(text)) {
            OutputFileException.guard(out, () -> model.writeArpa(out));
            progress.end();
            print(model);
        } catch (DiscountException e) {
            throw new IOException(text + ": " + e.getMessage() + " (--discount-fallback)", e);
        } catch (TemporaryStorageException e) {
            throw EstimationOptions.withOptions(e);
        }
        return 0;
    }

    private NGramEstimator estimator(EstimationListener listener) {
        return options.estimator(out.toAbsolutePath().getParent(), listener);
    }

    private void print(EstimatedNGrams model) {
        TextTable table =
                new TextTable()
                        .right("order")
                        .right("n-grams")
                        .right("discount of 1")
                        .right("of 2")
                        .right("of 3 or more")
                        .left("");
        for (int n = 1; n <= model.order(); n++) {
            Discounts discounts = model.discounts(n);
            table.row(
                    Integer.toString(n),
                    String.format(Locale.ROOT, "%,d", model.count(n)),
                    decimal(discounts.one()),
                    decimal(discounts.two()),
                    decimal(discounts.threeOrMore()),
                    model.fallbackOrders().contains(n) ? "fallback" : "");
        }
        PrintWriter writer = spec.commandLine().getOut();
        writer.printf(Locale.ROOT, "%s%nModel in %s.%n", table, out);
        writer.flush();
    }

    private static String decimal(float discount) {
        return String.format(Locale.ROOT, "%.4f", discount);
    }
}
