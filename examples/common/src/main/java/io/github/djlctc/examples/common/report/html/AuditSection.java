package io.github.djlctc.examples.common.report.html;

import io.github.djlctc.audit.AuditFinding;
import io.github.djlctc.audit.LabelAuditReport;
import io.github.djlctc.audit.LabelAuditReport.CharacterCount;
import io.github.djlctc.audit.LabelAuditReport.Distribution;
import io.github.djlctc.examples.common.SkippedSamples.Skipped;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The data: what the audit found, and what was left out. */
final class AuditSection {

    private static final int NAMED_CHARACTERS = 50;
    private static final int NAMED_SAMPLES = 5;

    private final TrainingReport report;
    private final Html html = new Html();

    AuditSection(TrainingReport report) {
        this.report = report;
    }

    Html write() {
        html.markup("<section id=\"audit\"><h2>Audit of the labels</h2>\n");
        report.audit()
                .ifPresentOrElse(
                        this::writeAudit, () -> html.markup("<p>There was no audit.</p>\n"));
        html.markup("</section>\n<section id=\"skipped\"><h2>Skipped samples</h2>\n");
        writeSkipped();
        return html.markup("</section>\n");
    }

    private void writeAudit(LabelAuditReport audit) {
        html.markup("<p><b class=\"verdict v-" + audit.verdict().name() + "\">")
                .text(Figures.words(audit.verdict()))
                .markup("</b> ")
                .text(audit.usable() + " of " + audit.samples() + " samples can be trained on; ")
                .text(audit.classes() + " classes, of which the blank is " + audit.blank() + ".")
                .markup("</p>\n");
        writeFindings(audit.findings());
        writeCharacters(audit.unknownCharacters());
        writeDistributions(audit);
    }

    private void writeFindings(List<AuditFinding> findings) {
        if (findings.isEmpty()) {
            html.markup("<p>Nothing was found.</p>\n");
            return;
        }
        Table table = Table.stacking("severity", "finding", "count", "first of them", "what to do");
        for (AuditFinding finding : findings) {
            String more = finding.count() > finding.sampleIds().size() ? ", …" : "";
            String ids = String.join(", ", finding.sampleIds());
            Html examples = new Html();
            if (!finding.example().isEmpty()) {
                examples.element("p", finding.example());
            }
            if (finding.sampleIds().size() > 1) {
                examples.element("p", ids + more);
            }
            table.row(
                    "s-" + finding.kind().severity().name(),
                    List.of(
                            new Html().text(Figures.words(finding.kind().severity())),
                            new Html().text(finding.summary()),
                            new Html().text(Long.toString(finding.count())),
                            examples,
                            new Html().text(finding.remedy())));
        }
        html.markup(table.toString());
    }

    private void writeCharacters(List<CharacterCount> characters) {
        if (characters.isEmpty()) {
            return;
        }
        html.markup("<h3>Characters outside of the alphabet</h3>\n");
        Table table = Table.stacking("character", "code point", "count", "first in");
        characters.stream()
                .limit(NAMED_CHARACTERS)
                .forEach(
                        c ->
                                table.row(
                                        Character.toString(c.codePoint()),
                                        String.format(Locale.ROOT, "U+%04X", c.codePoint()),
                                        Long.toString(c.count()),
                                        c.sampleId()));
        html.markup(table.toString());
        if (characters.size() > NAMED_CHARACTERS) {
            html.element("p", "And " + (characters.size() - NAMED_CHARACTERS) + " others.");
        }
    }

    private void writeDistributions(LabelAuditReport audit) {
        if (audit.batchMebibytes().isEmpty()) {
            return;
        }
        html.markup("<h3>Lengths</h3>\n");
        Table table = Table.stacking("quantity", "minimum", "5 %", "median", "95 %", "maximum");
        row(table, "frames by the frames the target needs", audit.frameRatio());
        row(table, "frames per label, before subsampling", audit.framesPerLabel());
        row(table, "MiB of a batch of this length", audit.batchMebibytes());
        html.markup(table.toString());
    }

    private static void row(Table table, String name, Optional<Distribution> distribution) {
        distribution.ifPresent(
                d ->
                        table.row(
                                name,
                                Figures.ratio(d.minimum()),
                                Figures.ratio(d.percentile5()),
                                Figures.ratio(d.median()),
                                Figures.ratio(d.percentile95()),
                                Figures.ratio(d.maximum())));
    }

    private void writeSkipped() {
        Map<String, List<Skipped>> byReason = new TreeMap<>();
        for (Skipped sample : report.skipped()) {
            byReason.computeIfAbsent(sample.reason(), key -> new ArrayList<>()).add(sample);
        }
        if (byReason.isEmpty()) {
            html.markup("<p>None.</p>\n");
        }
        byReason.forEach(
                (reason, samples) -> {
                    html.markup("<h3>").text(samples.size() + ": " + reason).markup("</h3><ul>\n");
                    samples.stream().limit(NAMED_SAMPLES).forEach(this::writeSkipped);
                    if (samples.size() > NAMED_SAMPLES) {
                        html.element("li", "and " + (samples.size() - NAMED_SAMPLES) + " more");
                    }
                    html.markup("</ul>\n");
                });
    }

    private void writeSkipped(Skipped sample) {
        html.markup("<li><bdi>").text(sample.id()).markup("</bdi>: <bdi>");
        html.text(sample.detail()).markup("</bdi></li>\n");
    }
}
