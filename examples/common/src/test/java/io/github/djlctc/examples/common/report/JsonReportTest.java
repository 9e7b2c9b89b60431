package io.github.djlctc.examples.common.report;

import io.github.djlctc.examples.common.WordErrorUnit;
import io.github.djlctc.examples.common.train.EpochResult;
import io.github.djlctc.examples.common.train.Evaluation;
import io.github.djlctc.examples.common.train.MeanResult;
import io.github.djlctc.examples.common.train.StepTimes;
import io.github.djlctc.metric.ErrorCounts;
import io.github.djlctc.monitor.EpochStatistics;
import io.github.djlctc.monitor.TrainingDiagnosis;

import com.google.gson.JsonParser;
import org.junit.jupiter.api.Test;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class JsonReportTest {

    @Test
    void writesNumbersThatJsonDoesNotKnowAsNull() {
        StringWriter out = new StringWriter();
        EpochStatistics statistics =
                new EpochStatistics(
                        1, 9, 1, 3, 2, 2.5, 4, 0.25, 0.125, 0.5, Double.NaN, 1, Double.NaN);
        EpochResult result =
                new EpochResult(
                        1,
                        Double.NaN,
                        Double.POSITIVE_INFINITY,
                        ErrorCounts.ZERO,
                        ErrorCounts.ZERO,
                        statistics,
                        TrainingDiagnosis.BLANK_PLATEAU,
                        0.001,
                        3,
                        new StepTimes(0.25, 1, 1.5, Double.NaN),
                        0.125,
                        true);

        new JsonReport(new PrintWriter(out)).epoch(result);

        assertThat(JsonParser.parseString(out.toString()).toString())
                .isEqualTo(
                        "{\"event\":\"epoch\",\"epoch\":1,\"loss\":null,\"validationLoss\":null,"
                                + "\"cer\":0.0,\"wer\":0.0,\"gradientNorm\":2.5,"
                                + "\"clipRate\":0.25,\"blankShare\":0.5,\"entropy\":null,"
                                + "\"leftOutShare\":0.125,\"skippedSteps\":1,\"diagnosis\":\"BLANK_PLATEAU\","
                                + "\"learningRate\":0.001,\"consistency\":0.125,\"seconds\":3.0,"
                                + "\"stepSeconds\":{\"waiting\":0.25,\"forward\":1.0,"
                                + "\"backward\":1.5,\"update\":null},\"best\":true}");
    }

    @Test
    void tellsTheErrorsOfTheMeanOfTheBestEpochs() {
        StringWriter out = new StringWriter();
        Evaluation evaluation =
                new Evaluation(
                        0.5,
                        List.of(),
                        new ErrorCounts(1, 0, 0, 4),
                        WordErrorUnit.WORD,
                        new ErrorCounts(1, 0, 0, 2),
                        0);

        new JsonReport(new PrintWriter(out)).mean(new MeanResult(3, evaluation, true));

        assertThat(JsonParser.parseString(out.toString()).toString())
                .isEqualTo(
                        "{\"event\":\"mean\",\"epochs\":3,\"validationLoss\":0.5,\"cer\":0.25,"
                                + "\"wer\":0.5,\"best\":true}");
    }
}
