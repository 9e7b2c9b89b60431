package io.github.djlctc.examples.common.report.html;

import io.github.djlctc.file.AtomicFile;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes a {@link TrainingReport} as one HTML file without scripts, that a browser shows without a
 * network: curves of the epochs, posteriors with their alignment, the worst samples and the audit.
 *
 * <p>A policy in the page forbids the browser to load or to run anything; texts of the data cannot
 * become markup.
 */
public final class TrainingReportPage {

    private static final String POLICY =
            "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

    private TrainingReportPage() {}

    /**
     * Writes the page: whatever happens, the file is as it was, or holds the whole page.
     *
     * @param report what to show
     * @param file the file, replaced if it exists
     * @throws IOException if it cannot be written
     */
    public static void write(TrainingReport report, Path file) throws IOException {
        Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
        try {
            Files.writeString(temporary, of(report));
            AtomicFile.replace(temporary, file);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    static String of(TrainingReport report) {
        Html html = new Html();
        html.markup("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
                .markup("<meta http-equiv=\"Content-Security-Policy\" content=\"")
                .text(POLICY)
                .markup("\">\n<meta name=\"viewport\" content=\"width=device-width\">\n")
                .element("title", report.title())
                .markup("<style>\n" + style() + "</style>\n</head>\n<body>\n<header>\n")
                .element("h1", report.title());
        if (!report.facts().isEmpty()) {
            html.markup("<dl class=\"facts\">\n");
            report.facts()
                    .forEach(
                            fact ->
                                    html.markup("<div>")
                                            .element("dt", fact.name())
                                            .element("dd", fact.value())
                                            .markup("</div>"));
            html.markup("</dl>\n");
        }
        return html.markup("</header>\n<main>\n")
                .markup(new EpochSection(report).write().toString())
                .markup(new SampleSection(report).write().toString())
                .markup(new AuditSection(report).write().toString())
                .markup("</main>\n</body>\n</html>\n")
                .toString();
    }

    private static String style() {
        try (InputStream in = TrainingReportPage.class.getResourceAsStream("report.css")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
