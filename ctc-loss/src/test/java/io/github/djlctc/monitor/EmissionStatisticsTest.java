package io.github.djlctc.monitor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

import io.github.djlctc.batch.CTCBatch;
import io.github.djlctc.batch.EmissionLayout;
import io.github.djlctc.host.Reading;
import io.github.djlctc.loss.CTCLoss;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** The statistics that the engine computes, against loops over the frames. */
class EmissionStatisticsTest {

    private static final int SAMPLES = 3;
    private static final int FRAMES = 17;
    private static final int CLASSES = 5;
    private static final int BLANK = 2;
    private static final long[] LENGTHS = {17, 9, 0};

    @ParameterizedTest
    @EnumSource
    void equalsLoopsOverTheFrames(Reading reading) {
        float[] values = new float[SAMPLES * FRAMES * CLASSES];
        Random random = new Random(4);
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (3 * random.nextGaussian());
        }
        values[1] = Float.NEGATIVE_INFINITY;
        // Padding is not looked at.
        values[(FRAMES + 12) * CLASSES] = Float.NaN;
        float[] expected = byLoops(values);

        for (EmissionLayout layout : EmissionLayout.values()) {
            for (DataType type : new DataType[] {DataType.FLOAT32, DataType.FLOAT64}) {
                reading.during(
                        () ->
                                assertThat(byEngine(values, layout, type))
                                        .containsExactly(expected, within(1e-3f)));
            }
        }
    }

    private static float[] byEngine(float[] logitValues, EmissionLayout layout, DataType type) {
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray logits =
                    manager.create(logitValues, new Shape(SAMPLES, FRAMES, CLASSES))
                            .toType(type, false);
            if (layout == EmissionLayout.TIME_MAJOR) {
                logits = logits.swapAxes(0, 1);
            }
            NDList predictions = new NDList(logits, manager.create(LENGTHS));
            NDList labels = new NDList(manager.ones(new Shape(SAMPLES, 1)));
            CTCLoss loss = CTCLoss.builder().optBlank(BLANK).optLayout(layout).build();
            CTCBatch batch = CTCBatch.read(labels, predictions, layout, -1);
            int before = manager.getManagedArrays().size();
            float[] values;
            try (EmissionStatistics statistics = EmissionStatistics.start(loss, batch, logits)) {
                values = statistics.read();
            }
            assertThat(manager.getManagedArrays()).hasSize(before);
            return values;
        }
    }

    private static float[] byLoops(float[] values) {
        float[] statistics = new float[2 + SAMPLES];
        for (int n = 0; n < SAMPLES; n++) {
            int previous = BLANK;
            for (int t = 0; t < LENGTHS[n]; t++) {
                int start = (n * FRAMES + t) * CLASSES;
                double sum = 0;
                int best = 0;
                for (int c = 0; c < CLASSES; c++) {
                    sum += Math.exp(values[start + c]);
                    best = values[start + c] > values[start + best] ? c : best;
                }
                for (int c = 0; c < CLASSES; c++) {
                    double p = Math.exp(values[start + c]) / sum;
                    statistics[1] -= (float) (p == 0 ? 0 : p * Math.log(p));
                }
                statistics[0] += best == BLANK ? 1 : 0;
                statistics[2 + n] += best != BLANK && best != previous ? 1 : 0;
                previous = best;
            }
        }
        return statistics;
    }
}
