package io.github.djlctc.examples.decode;

import io.github.djlctc.examples.common.console.TextTable;
import io.github.djlctc.examples.common.decoding.DecodingErrors;
import io.github.djlctc.examples.common.decoding.TuningGrid;
import io.github.djlctc.examples.common.decoding.WeightSetting;
import io.github.djlctc.examples.common.report.ErrorRateTable;
import io.github.djlctc.examples.common.report.JsonOutput;

import com.google.gson.JsonObject;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;

/** Prints the results of a tuning. */
final class TuneReport {

    private final PrintWriter out;
    private final UsedPrior prior;
    private final Optional<Path> writtenPrior;

    TuneReport(PrintWriter out, UsedPrior prior, Optional<Path> writtenPrior) {
        this.out = out;
        this.prior = prior;
        this.writtenPrior = writtenPrior;
    }

    void printText(TuningGrid grid, String command) {
        DecodingErrors errors = grid.errors(grid.best());
        for (int beam : grid.beams()) {
            out.printf(
                    "%s %% at beam width %d, * best of all%n%n%s%n",
                    errors.unit().shortName(), beam, table(grid, beam));
        }
        out.printf(
                "%s%n",
                ErrorRateTable.of(
                        "best weights", errors.unit(), errors.words(), errors.characters()));
        out.printf("Best: %s%n", grid.best());
        printEdge("alpha", grid.alphas(), grid.best().alpha());
        printEdge("beta", grid.betas(), grid.best().beta());
        printPrior();
        out.println(command);
        out.flush();
    }

    private void printPrior() {
        prior.description().ifPresent(text -> out.printf("Label prior: %s.%n", text));
        writtenPrior.ifPresent(file -> out.printf("Label prior in %s.%n", file));
        if (prior.dependsOnCompany() && writtenPrior.isEmpty()) {
            out.println(
                    "decode would estimate another from what it decodes: write this one with"
                            + " --write-prior FILE, and the command will use it.");
        }
    }

    private void printEdge(String weight, double[] tried, double best) {
        if (tried.length > 1 && (best == tried[0] || best == tried[tried.length - 1])) {
            String direction = best == tried[0] ? "least" : "greatest";
            out.printf(
                    "The best %s is the %s of those tried: try some beyond it (--%ss).%n",
                    weight, direction, weight);
        }
    }

    private static TextTable table(TuningGrid grid, int beam) {
        TextTable table = new TextTable().right("beta \\ alpha");
        for (double alpha : grid.alphas()) {
            table.right(WeightSetting.decimal(alpha) + " ");
        }
        for (double beta : grid.betas()) {
            String[] cells = new String[grid.alphas().length + 1];
            cells[0] = WeightSetting.decimal(beta);
            for (int i = 1; i < cells.length; i++) {
                WeightSetting setting = new WeightSetting(beam, grid.alphas()[i - 1], beta);
                cells[i] =
                        ErrorRateTable.percent(grid.errors(setting).words())
                                + (setting.equals(grid.best()) ? "*" : " ");
            }
            table.row(cells);
        }
        return table;
    }

    void printPicture(Path picture) {
        out.printf("Picture in %s.%n", picture);
        out.flush();
    }

    void printJson(TuningGrid grid, String command) {
        for (WeightSetting setting : grid.settings()) {
            out.println(JsonOutput.line(event("setting", grid, setting)));
        }
        out.println(JsonOutput.line(prior.json()));
        JsonObject best = event("best", grid, grid.best());
        best.addProperty("command", command);
        out.println(JsonOutput.line(best));
        out.flush();
    }

    private static JsonObject event(String kind, TuningGrid grid, WeightSetting setting) {
        JsonObject event = JsonOutput.event(kind);
        event.addProperty("beam", setting.beam());
        event.addProperty("alpha", setting.alpha());
        event.addProperty("beta", setting.beta());
        DecodingErrors errors = grid.errors(setting);
        JsonOutput.addErrors(event, errors.unit(), errors.words(), errors.characters());
        return event;
    }
}
