package io.github.djlctc.examples.common.command;

import io.github.djlctc.examples.common.OutputFileException;
import io.github.djlctc.examples.common.SkippedSamples;
import io.github.djlctc.examples.common.WordErrorUnit;
import io.github.djlctc.examples.common.report.RunDescription;
import io.github.djlctc.examples.common.report.html.TrainingReport;
import io.github.djlctc.examples.common.report.html.TrainingReportPage;
import io.github.djlctc.examples.common.train.Evaluation;
import io.github.djlctc.examples.common.train.RecognitionModel;
import io.github.djlctc.examples.common.train.TrainingOutcome;
import io.github.djlctc.metric.ErrorCounts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * The HTML page about a finished training run.
 *
 * @param program the name of the program that trained
 * @param description what was trained
 * @param model the trained model
 * @param outcome the epochs, and the errors on the test set by each decoding
 * @param skipped the samples that were left out
 */
record RunPage(
        String program,
        RunDescription description,
        RecognitionModel model,
        TrainingOutcome outcome,
        SkippedSamples skipped) {

    private static final String FILE = "report.html";

    /** Tells whether a run has ended with the page of a folder. */
    static boolean isIn(Path folder) {
        return Files.exists(folder.resolve(FILE));
    }

    /** Takes the page of an earlier run away. */
    static void reset(Path folder) throws IOException {
        Files.deleteIfExists(folder.resolve(FILE));
    }

    /**
     * Writes the page.
     *
     * @param folder the folder of the model, which takes the file
     * @throws IOException if the file cannot be written
     */
    void write(Path folder) throws IOException {
        TrainingReport.Builder page =
                TrainingReport.builder()
                        .setTitle(program + " train: " + description.corpus().name());
        description.allFacts().forEach(page::addFact);
        outcome.mean()
                .ifPresent(
                        mean ->
                                page.addFact(
                                        "validation, mean of the best " + mean.epochs() + " epochs",
                                        errors(mean.evaluation())
                                                + (mean.best() ? ", the model" : ", not kept")));
        for (int i = 0; i < outcome.decodings().size(); i++) {
            page.addFact(
                    "test, " + outcome.decodings().get(i).name(), errors(outcome.tests().get(i)));
        }
        TrainingReport report =
                page.optEpochs(outcome.epochs())
                        .optAlignedSamples(model.alphabet(), model.frameScale(), outcome.aligned())
                        .optTranscripts(outcome.tests().get(0).transcripts())
                        .optAudit(outcome.audit())
                        .optSkipped(skipped.list())
                        .build();
        Path file = folder.resolve(FILE);
        OutputFileException.guard(file, () -> TrainingReportPage.write(report, file));
    }

    private static String errors(Evaluation test) {
        ErrorCounts words = test.words();
        if (test.unit() == WordErrorUnit.CHARACTER) {
            return String.format(
                    Locale.ROOT,
                    "CER %.2f %% (%d of %d characters)",
                    100 * words.rate(),
                    words.errors(),
                    words.referenceLength());
        }
        return String.format(
                Locale.ROOT,
                "WER %.2f %% (%d of %d words), CER %.2f %%",
                100 * words.rate(),
                words.errors(),
                words.referenceLength(),
                100 * test.characters().rate());
    }
}
