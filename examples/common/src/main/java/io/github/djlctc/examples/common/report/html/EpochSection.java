package io.github.djlctc.examples.common.report.html;

import io.github.djlctc.examples.common.WordErrorUnit;
import io.github.djlctc.examples.common.report.html.LineChart.Spread;
import io.github.djlctc.examples.common.train.EpochResult;
import io.github.djlctc.monitor.TrainingDiagnosis;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The epochs: what they say, their curves, and all figures. */
final class EpochSection {

    private final List<EpochResult> epochs;
    private final Optional<EpochResult> best;
    private final WordErrorUnit unit;
    private final Html html = new Html();

    EpochSection(TrainingReport report) {
        epochs = report.epochs();
        best = report.bestEpoch();
        unit = report.wordErrorUnit();
    }

    Html write() {
        html.markup("<section id=\"epochs\"><h2>Epochs</h2>\n");
        if (epochs.isEmpty()) {
            return html.markup("<p>No epoch was finished.</p></section>\n");
        }
        best.ifPresent(this::writeBest);
        writeDiagnoses();
        writeCurves();
        writeTable();
        return html.markup("</section>\n");
    }

    private void writeBest(EpochResult epoch) {
        html.markup("<dl class=\"tiles\">");
        tile("best epoch", epoch.epoch() + " of " + epochs.get(epochs.size() - 1).epoch());
        tile("character error rate", Figures.percent(epoch.characters().rate()));
        if (unit == WordErrorUnit.WORD) {
            tile("word error rate", Figures.percent(epoch.words().rate()));
        }
        tile("validation loss", Figures.number(epoch.validationLoss()));
        html.markup("</dl>\n");
    }

    private void tile(String name, String value) {
        html.markup("<div>").element("dt", name).element("dd", value).markup("</div>");
    }

    /** Names each stretch of epochs with the same diagnosis. */
    private void writeDiagnoses() {
        html.markup("<ul class=\"diagnoses\">\n");
        int first = 0;
        for (int i = 1; i <= epochs.size(); i++) {
            TrainingDiagnosis diagnosis = epochs.get(first).diagnosis();
            if (i < epochs.size() && epochs.get(i).diagnosis() == diagnosis) {
                continue;
            }
            int from = epochs.get(first).epoch();
            int to = epochs.get(i - 1).epoch();
            html.markup("<li class=\"" + style(diagnosis) + "\">");
            html.text(from == to ? "Epoch " + from + ": " : "Epochs " + from + " to " + to + ": ");
            html.markup("<b>").text(Figures.words(diagnosis)).markup("</b>");
            if (diagnosis != TrainingDiagnosis.HEALTHY) {
                html.text(". Remedy: " + diagnosis.remedy() + ".");
            }
            html.markup("</li>\n");
            first = i;
        }
        html.markup("</ul>\n");
    }

    private static String style(TrainingDiagnosis diagnosis) {
        return switch (diagnosis) {
            case HEALTHY -> "good";
            case BLANK_PLATEAU -> "warning";
            default -> "bad";
        };
    }

    private void writeCurves() {
        html.markup("<div class=\"charts\">\n");
        draw(
                figures("Loss (nats)")
                        .curve("training", EpochResult::trainingLoss)
                        .curve("validation", EpochResult::validationLoss));
        draw(
                percentages("Errors on the validation samples (%)")
                        .curve("characters", epoch -> epoch.characters().rate())
                        .curve(
                                unit == WordErrorUnit.WORD ? "words" : "characters (no words)",
                                epoch -> epoch.words().rate()));
        draw(
                new LineChart("Learning rate", Spread.LINEAR, Figures::tick)
                        .curve("after the last step", EpochResult::learningRate));
        draw(
                figures("Gradient norm before clipping")
                        .curve("mean", epoch -> epoch.statistics().gradientNorm())
                        .curve("highest", epoch -> epoch.statistics().maxGradientNorm()));
        draw(
                percentages("Blanks and clipping (%)")
                        .curve("frames that are blank", epoch -> epoch.statistics().blankShare())
                        .curve("steps clipped", epoch -> epoch.statistics().clipRate()));
        draw(
                new LineChart("Entropy of the posteriors (nats)", Spread.LINEAR, Figures::tick)
                        .curve("mean of a frame", epoch -> epoch.statistics().entropy()));
        html.markup("</div>\n");
    }

    private static LineChart figures(String title) {
        return new LineChart(title, Spread.AUTOMATIC, Figures::tick);
    }

    private static LineChart percentages(String title) {
        return new LineChart(title, Spread.LINEAR, value -> Figures.tick(100 * value));
    }

    private void draw(LineChart chart) {
        html.markup(chart.draw(epochs, best).toString());
    }

    private void writeTable() {
        Table table =
                Table.scrolling(
                        "epoch",
                        "training loss",
                        "validation loss",
                        "CER",
                        unit.shortName(),
                        "learning rate",
                        "gradient norm",
                        "highest norm",
                        "clipped steps",
                        "skipped steps",
                        "infeasible samples",
                        "blank frames",
                        "entropy",
                        "diagnosis",
                        "seconds",
                        "waiting for data",
                        "forward",
                        "backward",
                        "update");
        for (EpochResult epoch : epochs) {
            boolean isBest = best.isPresent() && best.get().equals(epoch);
            table.row(isBest ? "best" : "", cells(epoch, isBest));
        }
        html.markup("<details><summary>All figures</summary>\n");
        html.markup(table.toString()).markup("</details>\n");
    }

    private static List<Html> cells(EpochResult epoch, boolean isBest) {
        return Stream.of(
                        epoch.epoch() + (isBest ? " (best)" : ""),
                        Figures.number(epoch.trainingLoss()),
                        Figures.number(epoch.validationLoss()),
                        Figures.percent(epoch.characters().rate()),
                        Figures.percent(epoch.words().rate()),
                        Figures.number(epoch.learningRate()),
                        Figures.number(epoch.statistics().gradientNorm()),
                        Figures.number(epoch.statistics().maxGradientNorm()),
                        Figures.percent(epoch.statistics().clipRate()),
                        Integer.toString(epoch.statistics().skippedSteps()),
                        Figures.percent(epoch.statistics().infeasibleShare()),
                        Figures.percent(epoch.statistics().blankShare()),
                        Figures.number(epoch.statistics().entropy()),
                        Figures.words(epoch.diagnosis()),
                        Figures.number(epoch.seconds()),
                        Figures.number(epoch.times().waiting()),
                        Figures.number(epoch.times().forward()),
                        Figures.number(epoch.times().backward()),
                        Figures.number(epoch.times().update()))
                .map(text -> new Html().text(text))
                .toList();
    }
}
