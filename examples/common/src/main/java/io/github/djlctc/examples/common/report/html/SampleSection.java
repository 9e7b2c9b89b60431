package io.github.djlctc.examples.common.report.html;

import io.github.djlctc.examples.common.report.html.TrainingReport.AlignedSample;
import io.github.djlctc.examples.common.report.html.TrainingReport.DecodedSample;

import java.util.Comparator;
import java.util.List;

/** The posteriors of a few samples, and the samples with the most errors. */
final class SampleSection {

    private static final int WORST = 20;
    private static final Comparator<DecodedSample> WORST_FIRST =
            Comparator.comparingDouble((DecodedSample sample) -> sample.characters().rate())
                    .thenComparingLong(sample -> sample.characters().errors())
                    .reversed()
                    .thenComparing(DecodedSample::id);

    private final TrainingReport report;
    private final Html html = new Html();

    SampleSection(TrainingReport report) {
        this.report = report;
    }

    Html write() {
        html.markup("<section id=\"posteriors\"><h2>Posteriors and alignment</h2>\n");
        if (report.aligned().isEmpty()) {
            html.markup("<p>No sample was chosen.</p>\n");
        } else {
            html.markup("<p class=\"note\">The darker a cell, the more probable is the class of")
                    .markup(" its row in that frame, from 0 (white) to 1 (dark blue). Above are")
                    .markup(" the words and tokens of the reference, forced onto the frames;")
                    .markup(" boxes show the tokens at their classes.</p>\n");
            report.aligned().forEach(this::writeAligned);
        }
        html.markup("</section>\n<section id=\"worst\"><h2>Worst samples</h2>\n");
        writeWorst();
        return html.markup("</section>\n");
    }

    private void writeAligned(AlignedSample sample) {
        html.markup("<article>").element("h3", sample.id());
        html.markup(MarkedTexts.of(sample.reference(), sample.hypothesis()).toString());
        if (sample.alignment().isEmpty()) {
            html.markup("<p class=\"bad\">The reference cannot be aligned: it has characters")
                    .markup(" outside of the alphabet, or more labels than the frames hold.</p>");
        }
        int undefined = sample.posteriors().undefinedFrames();
        if (undefined > 0) {
            html.markup("<p class=\"bad\">")
                    .text(
                            "Frames without posteriors, since scores are NaN or infinite: "
                                    + undefined
                                    + " (grey).")
                    .markup("</p>");
        }
        if (sample.posteriors().frames() == 0) {
            html.markup("<p class=\"bad\">It has no frames.</p>");
        } else {
            html.markup(
                    new AlignmentFigure(report.alphabet(), report.scale(), sample)
                            .draw()
                            .toString());
        }
        html.markup("</article>\n");
    }

    private void writeWorst() {
        List<DecodedSample> wrong =
                report.decoded().stream()
                        .filter(sample -> sample.characters().errors() > 0)
                        .sorted(WORST_FIRST)
                        .toList();
        html.element(
                "p", wrong.size() + " of " + report.decoded().size() + " samples have errors.");
        if (wrong.isEmpty()) {
            return;
        }
        html.markup(MarkedTexts.legend().toString());
        Table table = Table.stacking("sample", "CER", "WER", "texts");
        wrong.stream().limit(WORST).forEach(sample -> table.row("", cells(sample)));
        html.markup(table.toString());
        if (wrong.size() > WORST) {
            html.element(
                    "p", "And " + (wrong.size() - WORST) + " with lower character error rates.");
        }
    }

    private static List<Html> cells(DecodedSample sample) {
        return List.of(
                new Html().text(sample.id()),
                new Html().text(Figures.percent(sample.characters().rate())),
                new Html().text(Figures.percent(sample.words().rate())),
                MarkedTexts.of(sample.reference(), sample.hypothesis()));
    }
}
