package io.github.djlctc.examples.speech;

import io.github.djlctc.examples.speech.train.EpochResult;
import io.github.djlctc.examples.speech.train.Evaluation;
import io.github.djlctc.metric.ErrorCounts;

import org.junit.jupiter.api.Test;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class JsonReportTest {

    @Test
    void writesNumbersThatJsonDoesNotKnowAsNull() {
        StringWriter out = new StringWriter();
        Evaluation evaluation =
                new Evaluation(
                        Double.POSITIVE_INFINITY, List.of(), ErrorCounts.ZERO, ErrorCounts.ZERO);

        new JsonReport(new PrintWriter(out))
                .epoch(new EpochResult(1, Double.NaN, evaluation, 2.5, 0.001, 3, true));

        assertThat(Outcome.parse(out.toString()).toString())
                .isEqualTo(
                        "{\"event\":\"epoch\",\"epoch\":1,\"loss\":null,\"validationLoss\":null,"
                                + "\"cer\":0.0,\"wer\":0.0,\"gradientNorm\":2.5,"
                                + "\"learningRate\":0.001,\"seconds\":3.0,\"best\":true}");
    }
}
