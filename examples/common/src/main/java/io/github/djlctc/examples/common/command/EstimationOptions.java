package io.github.djlctc.examples.common.command;

import io.github.djlctc.examples.common.ErrorText;
import io.github.djlctc.examples.common.OutputFileException;
import io.github.djlctc.lm.estimate.Discounts;
import io.github.djlctc.lm.estimate.EstimationListener;
import io.github.djlctc.lm.estimate.NGramEstimator;
import io.github.djlctc.lm.estimate.TemporaryStorageException;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.nio.file.Files;
import java.nio.file.Path;

/** Options of the estimation of n-gram models. */
public final class EstimationOptions {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--order",
            required = true,
            paramLabel = "N",
            description = "The length of the longest n-grams.")
    private int order;

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

    /** Creates the options; picocli sets them. */
    public EstimationOptions() {}

    /**
     * Creates the estimator.
     *
     * @param folder where temporary files go, unless an option says otherwise
     * @param listener is told of progress
     * @return the estimator
     * @throws picocli.CommandLine.ParameterException if a value is out of its range
     */
    public NGramEstimator estimator(Path folder, EstimationListener listener) {
        try {
            NGramEstimator.Builder builder =
                    NGramEstimator.builder()
                            .setOrder(order)
                            .optPruning(thresholds)
                            .optTemporaryFolder(checkedTemporaryFolder(folder))
                            .optListener(listener);
            if (memory != null) {
                builder.optMemory(checkedMemory());
            }
            if (fallback) {
                builder.optDiscountFallback(Discounts.FALLBACK);
            }
            return builder.build();
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw new OptionRules(spec.commandLine().getCommandSpec()).wrong(e.getMessage());
        }
    }

    /**
     * Names the options that help where temporary files could not be written.
     *
     * @param e the failure
     * @return what ends the program
     */
    public static OutputFileException withOptions(TemporaryStorageException e) {
        OutputFileException problem =
                new OutputFileException(
                        ("a temporary file in %s: %s; name a folder with more space (--temp),"
                                        + " or permit more memory (--memory)")
                                .formatted(e.folder(), ErrorText.of(e.getCause())));
        problem.initCause(e.getCause());
        return problem;
    }

    private Path checkedTemporaryFolder(Path folder) {
        if (temporaryFolder == null) {
            return folder;
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
}
