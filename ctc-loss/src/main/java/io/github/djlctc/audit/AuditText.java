package io.github.djlctc.audit;

import io.github.djlctc.audit.LabelAuditReport.CharacterCount;
import io.github.djlctc.audit.LabelAuditReport.Distribution;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A {@link LabelAuditReport} for people. */
final class AuditText {

    private static final int NAMED_CHARACTERS = 20;

    private final LabelAuditReport report;
    private final StringBuilder text = new StringBuilder();

    private AuditText(LabelAuditReport report) {
        this.report = report;
    }

    static String of(LabelAuditReport report) {
        return new AuditText(report).write();
    }

    private String write() {
        line(
                "verdict   %s: %d of %d samples can be trained on",
                report.verdict().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                report.usable(),
                report.samples());
        line("classes   %d, the blank is %d", report.classes(), report.blank());
        distributions();
        report.findings().forEach(this::finding);
        characters(report.unknownCharacters());
        return text.toString();
    }

    private void distributions() {
        if (report.batchMebibytes().isEmpty()) {
            return;
        }
        line("");
        line("%-37s  %8s  %8s  %8s  %8s  %8s", "", "minimum", "5 %", "median", "95 %", "maximum");
        distribution("frames by the frames the target needs", report.frameRatio());
        distribution("frames per label, before subsampling", report.framesPerLabel());
        distribution("MiB of a batch of this length", report.batchMebibytes());
    }

    private void distribution(String name, Optional<Distribution> distribution) {
        distribution.ifPresent(
                d ->
                        line(
                                "%-37s  %8.2f  %8.2f  %8.2f  %8.2f  %8.2f",
                                name,
                                d.minimum(),
                                d.percentile5(),
                                d.median(),
                                d.percentile95(),
                                d.maximum()));
    }

    private void finding(AuditFinding finding) {
        boolean ofClasses = finding.kind() == AuditFinding.Kind.UNUSED_CLASS;
        line("");
        line(
                "%-8s  %s: %d%s",
                finding.kind().severity().name().toLowerCase(Locale.ROOT),
                finding.summary(),
                finding.count(),
                ofClasses ? "" : " (" + percent(finding.count()) + " of the samples)");
        if (!finding.example().isEmpty()) {
            line("          %s", finding.example());
        }
        if (finding.sampleIds().size() > 1) {
            String more = finding.count() > finding.sampleIds().size() ? ", ..." : "";
            line("          in %s%s", String.join(", ", finding.sampleIds()), more);
        }
        line("          remedy: %s", finding.remedy());
    }

    private String percent(long count) {
        return String.format(Locale.ROOT, "%.1f %%", 100.0 * count / Math.max(1, report.samples()));
    }

    private void characters(List<CharacterCount> characters) {
        if (characters.isEmpty()) {
            return;
        }
        line("");
        line("%-12s  %-9s  %8s  %s", "character", "", "count", "first in");
        characters.stream()
                .limit(NAMED_CHARACTERS)
                .forEach(
                        c ->
                                line(
                                        "%-12s  U+%04X     %8d  %s",
                                        printable(c.codePoint()),
                                        c.codePoint(),
                                        c.count(),
                                        c.sampleId()));
        if (characters.size() > NAMED_CHARACTERS) {
            line("and %d others", characters.size() - NAMED_CHARACTERS);
        }
    }

    private static String printable(int codePoint) {
        return Character.isLetterOrDigit(codePoint) || (codePoint > ' ' && codePoint < 0x7f)
                ? Character.toString(codePoint)
                : "";
    }

    /** Adds a line without control characters, which ids and transcripts may contain. */
    private void line(String format, Object... values) {
        String line = String.format(Locale.ROOT, format, values);
        text.append(line.replaceAll("\\p{Cntrl}", " ").stripTrailing()).append('\n');
    }
}
