package io.github.djlctc.examples.common.report.html;

import io.github.djlctc.examples.common.WordErrorUnit;
import io.github.djlctc.examples.common.train.AlignedSample;
import io.github.djlctc.examples.common.train.Transcript;
import io.github.djlctc.metric.ErrorCounts;

import java.util.Comparator;
import java.util.List;

/** The posteriors of a few samples, and the samples with the most errors. */
final class SampleSection {

    private static final int WORST = 20;
    private static final Comparator<Wrong> WORST_FIRST =
            Comparator.comparingDouble((Wrong wrong) -> wrong.characters().rate())
                    .thenComparingLong(wrong -> wrong.characters().errors())
                    .reversed()
                    .thenComparing(wrong -> wrong.transcript().id());

    private record Wrong(Transcript transcript, ErrorCounts characters) {}

    private final TrainingReport report;
    private final WordErrorUnit unit;
    private final Html html = new Html();

    SampleSection(TrainingReport report) {
        this.report = report;
        unit = report.wordErrorUnit();
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
        Transcript transcript = sample.transcript();
        html.markup("<article>").element("h3", transcript.id());
        html.markup(MarkedTexts.of(transcript.reference(), transcript.hypothesis()).toString());
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
        List<Transcript> all = report.transcripts();
        List<Wrong> wrong =
                all.stream()
                        .map(transcript -> new Wrong(transcript, transcript.characterErrors()))
                        .filter(sample -> sample.characters().errors() > 0)
                        .sorted(WORST_FIRST)
                        .toList();
        html.element("p", wrong.size() + " of " + all.size() + " samples have errors.");
        if (wrong.isEmpty()) {
            return;
        }
        html.markup(MarkedTexts.legend().toString());
        Table table = Table.stacking("sample", "CER", unit.shortName(), "texts");
        wrong.stream().limit(WORST).forEach(sample -> table.row("", cells(sample)));
        html.markup(table.toString());
        if (wrong.size() > WORST) {
            html.element(
                    "p", "And " + (wrong.size() - WORST) + " with lower character error rates.");
        }
    }

    private List<Html> cells(Wrong sample) {
        Transcript transcript = sample.transcript();
        return List.of(
                new Html().text(transcript.id()),
                new Html().text(Figures.percent(sample.characters().rate())),
                new Html().text(Figures.percent(transcript.wordErrors(unit).rate())),
                MarkedTexts.of(transcript.reference(), transcript.hypothesis()));
    }
}
