package io.github.djlctc.examples.common.report.html;

import com.google.gson.JsonObject;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Opens pages in a real browser. A page of the test shows the report in a frame of the width of a
 * phone, unchanged and under the report's own policy, and measures it from outside.
 */
class TrainingReportBrowserTest {

    private static final int PHONE = 390;

    @TempDir private static Path folder;
    private static Optional<Browser> browser;

    @BeforeAll
    static void findBrowser() {
        browser = Browser.find(folder);
        assumeTrue(
                browser.isPresent(),
                "needs a browser: no chromium, chromium-browser or google-chrome on the PATH, and the system"
                        + " property "
                        + Browser.PROPERTY
                        + " is not set");
    }

    private static Browser.Outcome open(TrainingReport report)
            throws IOException, InterruptedException {
        Path page = folder.resolve("report.html");
        TrainingReportPage.write(report, page);
        return browser.orElseThrow().open(page);
    }

    private static JsonObject measure(TrainingReport report)
            throws IOException, InterruptedException {
        Html harness = new Html();
        harness.markup("<!DOCTYPE html><html><head><meta charset=\"utf-8\"></head><body>")
                .markup("<iframe width=\"" + PHONE + "\" height=\"844\" style=\"border:0\"")
                .markup(" srcdoc=\"")
                .markup(TrainingReportPage.of(report).replace("&", "&amp;").replace("\"", "&quot;"))
                .markup("\"></iframe><pre id=\"result\"></pre><script>")
                .markup(resource("measure.js"))
                .markup("</script></body></html>");
        Path page = folder.resolve("harness.html");
        Files.writeString(page, harness.toString());
        return browser.orElseThrow().open(page).result();
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = TrainingReportBrowserTest.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void theBrowserHasNothingToComplainAbout() throws Exception {
        Browser.Outcome outcome = open(SampleReports.typical());

        assertThat(outcome.complaints()).isEmpty();
        assertThat(outcome.dom()).contains("<h1>Speech recogniser: fsdd</h1>");
    }

    @Test
    void complaintsWouldBeSeen() throws Exception {
        Path page = folder.resolve("bad.html");
        String report = TrainingReportPage.of(SampleReports.typical());
        Files.writeString(
                page,
                report.replace(
                        "<main>",
                        "<main><img src=\"other.png\"><script>document.title='owned'</script>"));

        Browser.Outcome outcome = browser.orElseThrow().open(page);

        assertThat(outcome.complaints())
                .anyMatch(line -> line.contains("img-src data:"))
                .anyMatch(line -> line.contains("script-src"));
        assertThat(outcome.dom()).contains("<title>Speech recogniser: fsdd</title>");
    }

    @Test
    void aTypicalReportIsAllThere() throws Exception {
        JsonObject measured = measure(SampleReports.typical());

        assertThat(measured.get("headings").getAsString())
                .isEqualTo(
                        "Epochs|Posteriors and alignment|Worst samples|Audit of the labels|"
                                + "Skipped samples");
        assertThat(measured.get("charts").getAsInt()).isEqualTo(6);
        assertThat(measured.get("lossPoints").getAsInt()).isEqualTo(2 * 24);
        assertThat(measured.get("tooltips").getAsInt()).isEqualTo(6 * 24);
        assertThat(measured.get("bestMarks").getAsInt()).isEqualTo(6);
        assertThat(measured.get("tableRows").getAsInt()).isEqualTo(24);
        assertThat(measured.get("heatMaps").getAsInt()).isEqualTo(2);
        assertThat(measured.get("tokens").getAsInt()).isEqualTo(14 + 50);
        assertThat(measured.get("resources").getAsInt()).isZero();
    }

    @Test
    void nothingIsCutOffOnAPhone() throws Exception {
        for (TrainingReport report :
                new TrainingReport[] {SampleReports.typical(), SampleReports.hostile()}) {
            JsonObject measured = measure(report);

            assertThat(measured.get("viewport").getAsInt()).isEqualTo(PHONE);
            assertThat(measured.get("width").getAsInt()).isLessThanOrEqualTo(PHONE);
            assertThat(measured.get("overlappingTicks").getAsInt()).isZero();
            assertThat(measured.get("labelsOutside").getAsInt()).isZero();
        }
    }

    @Test
    void textsOfTheDataStayTexts() throws Exception {
        JsonObject measured = measure(SampleReports.hostile());

        assertThat(measured.get("title").getAsString()).startsWith(SampleReports.ATTACK);
        assertThat(measured.get("h1").getAsString())
                .startsWith(SampleReports.ATTACK + "\" ' & ␀␇\ufffd \ufffd \u202eabc שלום")
                .endsWith("😀");
        assertThat(measured.get("scripts").getAsInt()).isZero();
        assertThat(measured.get("images").getAsInt()).isZero();
        Browser.Outcome outcome = open(SampleReports.hostile());
        assertThat(outcome.complaints()).isEmpty();
        assertThat(outcome.dom()).doesNotContain("<title>owned</title>");
    }

    @Test
    void aThousandEpochsAreShown() throws Exception {
        TrainingReport report =
                TrainingReport.builder()
                        .setTitle("long")
                        .optEpochs(SampleReports.epochs(1000))
                        .build();
        JsonObject measured = measure(report);

        assertThat(measured.get("tableRows").getAsInt()).isEqualTo(1000);
        assertThat(measured.get("width").getAsInt()).isLessThanOrEqualTo(PHONE);
        assertThat(measured.get("overlappingTicks").getAsInt()).isZero();
        assertThat(measured.get("labelsOutside").getAsInt()).isZero();
    }
}
