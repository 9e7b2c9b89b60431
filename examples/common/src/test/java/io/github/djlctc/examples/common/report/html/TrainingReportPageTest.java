package io.github.djlctc.examples.common.report.html;

import io.github.djlctc.examples.common.FrameScale;
import io.github.djlctc.examples.common.train.AlignedSample;
import io.github.djlctc.examples.common.train.Transcript;
import io.github.djlctc.monitor.TrainingDiagnosis;
import io.github.djlctc.text.Alphabet;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TrainingReportPageTest {

    @TempDir private Path folder;

    @Test
    void thePageReplacesTheFileWhole() throws IOException {
        Path file = folder.resolve("report.html");
        Files.writeString(file, "old");

        TrainingReportPage.write(SampleReports.typical(), file);

        assertThat(Files.readString(file)).startsWith("<!DOCTYPE html>").endsWith("</html>\n");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void thePageNamesNoOtherFile() {
        assertThat(TrainingReportPage.of(SampleReports.typical()))
                .doesNotContain("http:", "https:", "url(", "@import", "<script", "<link")
                .contains("default-src &#39;none&#39;");
    }

    @Test
    void aRunWithoutAnythingIsAPage() {
        String page = TrainingReportPage.of(TrainingReport.builder().setTitle("nothing").build());

        assertThat(page)
                .contains("No epoch was finished", "No sample was chosen", "There was no audit")
                .contains("0 of 0 samples have errors");
    }

    @Test
    void whatWentWrongIsNamedWithItsRemedy() {
        TrainingReport report =
                TrainingReport.builder()
                        .setTitle("diverged")
                        .optEpochs(
                                List.of(
                                        SampleReports.epoch(
                                                1,
                                                Double.NaN,
                                                Double.POSITIVE_INFINITY,
                                                1,
                                                TrainingDiagnosis.SKIPPED_STEPS)))
                        .optAudit(SampleReports.audit())
                        .build();

        assertThat(TrainingReportPage.of(report))
                .contains("Epoch 1: <b>skipped steps</b>")
                .contains(". Remedy: " + TrainingDiagnosis.SKIPPED_STEPS.remedy())
                .contains("<dd>1 of 1</dd>", "<dd>∞</dd>")
                .contains("usable with skips", "40 of 43 samples can be trained on", "U+00FC");
    }

    @Test
    void posteriorsMustBeOfTheAlphabet() {
        AlignedSample sample = SampleReports.aligned("id", "one", "one");
        TrainingReport.Builder builder = TrainingReport.builder();

        assertThatThrownBy(
                        () ->
                                builder.optAlignedSamples(
                                        Alphabet.ofCharacters("ab"),
                                        FrameScale.frames(),
                                        List.of(sample)))
                .hasMessage("id: posteriors of 29 classes, but the alphabet has 3");
    }

    @Test
    void referencesThatCannotBeAlignedAreShownWithoutBoxes() {
        AlignedSample aligned = SampleReports.aligned("id", "one", "one");
        AlignedSample sample =
                new AlignedSample(
                        new Transcript("id", "öne", "one"), aligned.posteriors(), Optional.empty());
        TrainingReport report =
                TrainingReport.builder()
                        .setTitle("t")
                        .optAlignedSamples(
                                SampleReports.ALPHABET, FrameScale.pixels(4), List.of(sample))
                        .build();

        assertThat(TrainingReportPage.of(report))
                .contains("The reference cannot be aligned", "position (pixels)")
                .doesNotContain("class=\"token\"");
    }
}
