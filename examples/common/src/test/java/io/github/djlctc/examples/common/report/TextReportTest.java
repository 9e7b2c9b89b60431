package io.github.djlctc.examples.common.report;

import io.github.djlctc.examples.common.train.EpochResult;
import io.github.djlctc.examples.common.train.StepTimes;
import io.github.djlctc.metric.ErrorCounts;
import io.github.djlctc.monitor.EpochStatistics;
import io.github.djlctc.monitor.TrainingDiagnosis;

import org.junit.jupiter.api.Test;

import java.io.PrintWriter;
import java.io.StringWriter;

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
}
