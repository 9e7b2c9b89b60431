package io.github.djlctc.examples.common.report.html;

import io.github.djlctc.examples.common.report.html.LineChart.Spread;
import io.github.djlctc.examples.common.train.EpochResult;
import io.github.djlctc.monitor.TrainingDiagnosis;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

class LineChartTest {

    private static String draw(double... losses) {
        List<EpochResult> epochs = new ArrayList<>();
        for (double loss : losses) {
            int number = epochs.size() + 1;
            epochs.add(SampleReports.epoch(number, loss, 1, 1, TrainingDiagnosis.HEALTHY));
        }
        return draw(epochs, Optional.empty());
    }

    private static String draw(List<EpochResult> epochs, Optional<EpochResult> best) {
        return new LineChart("Loss", Spread.AUTOMATIC, Figures::tick)
                .curve("training", EpochResult::trainingLoss)
                .draw(epochs, best)
                .toString();
    }

    @Property(tries = 300)
    void everyValueLiesBetweenTheFirstAndTheLastTick(@ForAll float first, @ForAll float second) {
        double low = Math.min(first, second);
        double high = Math.max(first, second);
        for (ValueAxis axis :
                List.of(ValueAxis.linear(low, high), ValueAxis.automatic(low, high))) {
            assertThat(axis.ticks()).hasSizeBetween(2, 12);
            assertThat(axis.part(low)).isBetween(-1e-9, 1 + 1e-9);
            assertThat(axis.part(high)).isBetween(-1e-9, 1 + 1e-9);
            assertThat(axis.part(high)).isGreaterThanOrEqualTo(axis.part(low));
        }
    }

    @Test
    void lossesFarApartAreOnALogarithmicAxis() {
        assertThat(draw(3, 0.01)).contains("<b>Loss, log</b>", ">0.01<", ">0.1<");
        assertThat(draw(3, 1)).contains("<b>Loss</b>", ">0<", ">3<");
        assertThat(draw(3, -0.01)).contains("<b>Loss</b>");
    }

    @Test
    void valuesThatAreNotFiniteLeaveAGapAndACross() {
        String chart = draw(3, Double.NaN, 2, Double.POSITIVE_INFINITY, 1);

        assertThat(chart).contains("class=\"cross\"", "NaN or infinite", "training ∞");
        assertThat(chart.split("<circle", -1)).hasSize(4);
        assertThat(chart).doesNotContain("\"NaN", "Infinity", "MNaN");
        assertThat(draw(Double.NaN)).contains("no finite value");
    }

    @Test
    void theBestEpochIsMarked() {
        List<EpochResult> epochs = SampleReports.epochs(9);
        assertThat(draw(epochs, Optional.of(epochs.get(6)))).contains("class=\"best\"", "best: 7");
    }

    @Test
    void aThousandEpochsAreOneLine() {
        String chart = draw(SampleReports.epochs(1000), Optional.empty());

        assertThat(chart).doesNotContain("<circle", "class=\"hit\"");
        assertThat(chart).contains(">1000<");
        assertThat(chart.length()).isLessThan(30_000);
    }
}
