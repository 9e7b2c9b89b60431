package io.github.djlctc.benchmarks.remedies;

import ai.djl.translate.TranslateException;

import io.github.djlctc.examples.common.command.ProgramCommandLine;
import io.github.djlctc.examples.common.console.TextTable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;

/** Trains the speech example's model with each {@link Remedy}, and prints a table. */
@Command(
        name = "remedies",
        description =
                "Trains the speech example's model on synthetic commands, with one change at a"
                        + " time.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class RemediesCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Option(
            names = "--remedy",
            split = ",",
            paramLabel = "NAME",
            description = "${COMPLETION-CANDIDATES} (default: all of them).")
    private List<Remedy> remedies = List.of(Remedy.values());

    @Option(
            names = "--seed",
            split = ",",
            paramLabel = "N",
            description = "A run for each seed (default: 1).")
    private List<Long> seeds = List.of(1L);

    @Option(
            names = "--utterances",
            defaultValue = "600",
            paramLabel = "N",
            description = "Training utterances (default: ${DEFAULT-VALUE}).")
    private int utterances;

    @Option(
            names = "--epochs",
            defaultValue = "16",
            paramLabel = "N",
            description = "Epochs (default: ${DEFAULT-VALUE}).")
    private int epochs;

    RemediesCommand() {}

    /**
     * Runs the experiments and ends the JVM with the exit code.
     *
     * @param arguments the command line
     */
    public static void main(String[] arguments) {
        System.exit(ProgramCommandLine.of(new RemediesCommand()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, TranslateException {
        // On one thread the same seed gives the same result.
        System.setProperty("ai.djl.pytorch.num_threads", "1");
        PrintWriter out = spec.commandLine().getOut();
        ExperimentData data = ExperimentData.synthesize(utterances);
        TextTable table = newTable();
        for (Remedy remedy : remedies) {
            List<Outcome> outcomes = new ArrayList<>();
            for (long seed : seeds) {
                Outcome outcome = new Experiment(remedy, data, epochs, seed).run();
                outcomes.add(outcome);
                out.printf("%s, seed %d: %s%n", remedy, seed, outcome);
            }
            table.row(cells(remedy, outcomes));
        }
        out.println();
        out.print(table);
        out.flush();
        return 0;
    }

    private static TextTable newTable() {
        return new TextTable()
                .left("change")
                .right("runs")
                .right("CER")
                .right("lowest")
                .right("highest")
                .right("WER")
                .right("epochs of blanks")
                .right("clipped")
                .right("infeasible")
                .right("frames per label");
    }

    private static String[] cells(Remedy remedy, List<Outcome> outcomes) {
        DoubleSummaryStatistics characters =
                outcomes.stream().mapToDouble(Outcome::characterErrorRate).summaryStatistics();
        return new String[] {
            remedy.description(),
            Integer.toString(outcomes.size()),
            percent(characters.getAverage()),
            percent(characters.getMin()),
            percent(characters.getMax()),
            percent(mean(outcomes, Outcome::wordErrorRate)),
            format("%.1f", mean(outcomes, Outcome::epochsOfBlanks)),
            percent(mean(outcomes, Outcome::clipped)),
            percent(mean(outcomes, Outcome::infeasible)),
            format("%.1f", mean(outcomes, Outcome::framesPerLabel))
        };
    }

    private static double mean(List<Outcome> outcomes, ToDoubleFunction<Outcome> figure) {
        return outcomes.stream().mapToDouble(figure).average().orElse(Double.NaN);
    }

    private static String percent(double share) {
        return Double.isNaN(share) ? "NaN" : format("%.1f %%", 100 * share);
    }

    private static String format(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }
}
