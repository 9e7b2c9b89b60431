package io.github.djlctc.examples.decode;

import io.github.djlctc.examples.common.ErrorText;
import io.github.djlctc.examples.common.OutputFileException;
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
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
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

    @Option(
            names = "--order",
            required = true,
            paramLabel = "N",
            description = "The length of the longest n-grams.")
    private int order;

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

    @Option(
            names = "--prune",
            split = ",",
            paramLabel = "N",
            description =
                    "Leave out n-grams that occur at most so often: a number for each order from 1"
                            + " on, the last for all higher ones, such as 0,0,1.")
    private int[] thresholds = {0};

    @Option(
            names = "--discount-fallback",
            description =
                    "Use the discounts 0.5, 1 and 1.5 where the text is too small or too uniform to"
                            + " tell them.")
    private boolean fallback;

    @Option(
            names = "--memory",
            paramLabel = "SIZE",
            converter = MemorySize.Converter.class,
            description =
                    "Memory for n-grams, such as 512M; what exceeds it is sorted in a temporary"
                            + " file. Default: half of the heap, which JAVA_OPTS=-Xmx... sets.")
    private MemorySize memory;

    @Option(
            names = "--temp",
            paramLabel = "FOLDER",
            description =
                    "Where the temporary file is created, if there must be one. Default: the folder"
                            + " of --out.")
    private Path temporaryFolder;

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
            throw withOptions(e);
        }
        return 0;
    }

    private static OutputFileException withOptions(TemporaryStorageException e) {
        OutputFileException problem =
                new OutputFileException(
                        ("a temporary file in %s: %s; name a folder with more space (--temp),"
                                        + " or permit more memory (--memory)")
                                .formatted(e.folder(), ErrorText.of(e.getCause())));
        problem.initCause(e.getCause());
        return problem;
    }

    private NGramEstimator estimator(EstimationListener listener) {
        try {
            NGramEstimator.Builder builder =
                    NGramEstimator.builder()
                            .setOrder(order)
                            .optPruning(thresholds)
                            .optTemporaryFolder(checkedTemporaryFolder())
                            .optListener(listener);
            if (memory != null) {
                builder.optMemory(checkedMemory());
            }
            if (fallback) {
                builder.optDiscountFallback(Discounts.FALLBACK);
            }
            return builder.build();
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw new OptionRules(spec).wrong(e.getMessage());
        }
    }

    private Path checkedTemporaryFolder() {
        if (temporaryFolder == null) {
            return out.toAbsolutePath().getParent();
        }
        if (!Files.isDirectory(temporaryFolder)) {
            throw new IllegalArgumentException("--temp " + temporaryFolder + " is no folder");
        }
        return temporaryFolder;
    }

    private long checkedMemory() {
        long heap = Runtime.getRuntime().maxMemory();
        if (memory.bytes() > heap / 4 * 3) {
            throw new IllegalArgumentException(
                    "--memory is more than three quarters of the heap of "
                            + heap / (1 << 20)
                            + " MB; set JAVA_OPTS=-Xmx... for more");
        }
        return memory.bytes();
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
