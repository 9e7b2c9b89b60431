package io.github.djlctc.examples.common.report;

import io.github.djlctc.examples.common.WordErrorUnit;
import io.github.djlctc.examples.common.train.ConcatenatedPairs;
import io.github.djlctc.examples.common.train.EpochResult;
import io.github.djlctc.examples.common.train.Evaluation;
import io.github.djlctc.examples.common.train.MeanResult;
import io.github.djlctc.examples.common.train.StepTimes;
import io.github.djlctc.metric.ErrorCounts;
import io.github.djlctc.monitor.EpochStatistics;
import io.github.djlctc.monitor.TrainingDiagnosis;

import org.junit.jupiter.api.Test;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class TextReportTest {

    @Test
    void endsAnEpochWithItsSecondsAndTheSharesOfItsSteps() {
        StringWriter out = new StringWriter();
        EpochStatistics statistics =
                new EpochStatistics(1, 9, 1, 3, 2, 2.5, 4, 0.25, 0.0625, 0.5, 1, 1, 1);
        EpochResult result =
                new EpochResult(
                        1,
                        3,
                        4,
                        ErrorCounts.ZERO,
                        ErrorCounts.ZERO,
                        statistics,
                        TrainingDiagnosis.HEALTHY,
                        0.001,
                        20,
                        new StepTimes(0.4, 6, 8.6, 1),
                        null,
                        true);

        new TextReport(new PrintWriter(out), new ProgramTerms("utterances", "audit", "use %s"))
                .epoch(result);

        assertThat(out.toString().lines())
                .hasSize(2)
                .satisfies(
                        lines -> {
                            assertThat(lines.get(0))
                                    .endsWith("seconds: data/forward/backward/update %");
                            assertThat(lines.get(1))
                                    .endsWith("20.0: 2/30/43/5  6.3 % of samples left out  best");
                        });
    }

    @Test
    void tellsHowManySamplesArePairedOrThatNoneIs() {
        StringWriter out = new StringWriter();
        TextReport report =
                new TextReport(
                        new PrintWriter(out), new ProgramTerms("utterances", "audit", "use %s"));

        report.concatenated(new ConcatenatedPairs(2, 7));
        report.concatenated(new ConcatenatedPairs(0, 7));

        assertThat(out.toString().lines().filter(line -> !line.isEmpty()))
                .satisfiesExactly(
                        some ->
                                assertThat(some)
                                        .isEqualTo(
                                                "pairs     2, of 7 utterances: 5 to read in an"
                                                        + " epoch"),
                        none -> assertThat(none).startsWith("pairs     none, since"));
    }

    @Test
    void tellsTheErrorsOfTheMeanOfTheBestEpochsAndWhatBecomesOfIt() {
        StringWriter out = new StringWriter();
        Evaluation evaluation =
                new Evaluation(
                        0.5,
                        List.of(),
                        new ErrorCounts(1, 0, 0, 4),
                        WordErrorUnit.WORD,
                        new ErrorCounts(1, 0, 0, 2),
                        0);
        TextReport report =
                new TextReport(new PrintWriter(out), new ProgramTerms("lines", "audit", "use %s"));

        report.mean(new MeanResult(3, evaluation, true));
        report.mean(new MeanResult(2, evaluation, false));

        assertThat(out.toString().lines().filter(line -> !line.isEmpty()))
                .containsExactly(
                        "mean      of the parameters of the best 3 epochs: validation loss 0.5000,"
                                + " CER 25.00 %, WER 50.00 %",
                        "          It is better than the best epoch, and is the model.",
                        "mean      of the parameters of the best 2 epochs: validation loss 0.5000,"
                                + " CER 25.00 %, WER 50.00 %",
                        "          It is not better than the best epoch, which is the model.");
    }
}
