package io.github.djlctc.loss;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

import io.github.djlctc.testing.ArrayTest;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Random;
import java.util.stream.LongStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * Forward-backward over scaled probabilities equals that over logarithms, or refuses the sample. In
 * Java, on arrays of the CPU.
 */
class ForwardBackwardTest extends ArrayTest {

    private static final int CLASSES = 6;

    @Override
    protected Device device() {
        return Device.cpu();
    }

    @ParameterizedTest
    @CsvSource({"1, 0", "1, 1", "2, 1", "3, 3", "40, 7", "40, 39", "500, 60", "2000, 120"})
    void equalsLogarithms(int frames, int labels) {
        Random random = new Random(frames + labels);
        long[] target = target(random, labels, frames);
        double[] logits = gaussian(random, frames, 1);
        Outcome outcome = new Outcome(target, logits);
        assertThat(outcome.scaled).isCloseTo(outcome.logarithmic, within(1e-9 * (1 + frames)));
        assertThat(outcome.greatestDifference()).isLessThan(1e-9);
        assertThat(outcome.lossAlone).isEqualTo(outcome.scaled);
    }

    /** Logits so far apart that most targets are very improbable. */
    @Test
    void refusesRatherThanBeingWrong() {
        Random random = new Random(1);
        int refused = 0;
        int runs = 2000;
        for (int run = 0; run < runs; run++) {
            int frames = 2 + random.nextInt(60);
            long[] target = target(random, 1 + random.nextInt(frames / 2), frames);
            double spread = Math.exp(random.nextDouble() * 6);
            Outcome outcome = new Outcome(target, gaussian(random, frames, spread));
            if (Double.isNaN(outcome.scaled)) {
                refused++;
            } else {
                assertThat(outcome.scaled)
                        .isCloseTo(outcome.logarithmic, within(1e-7 * (1 + outcome.logarithmic)));
                assertThat(outcome.greatestDifference()).isLessThan(1e-6);
            }
            if (!Double.isNaN(outcome.lossAlone)) {
                assertThat(outcome.lossAlone)
                        .isCloseTo(outcome.logarithmic, within(1e-7 * (1 + outcome.logarithmic)));
            }
        }
        assertThat(refused).isBetween(runs / 10, runs * 9 / 10);
    }

    /**
     * The path that is best up to the middle cannot reach the end: at the middle, the right one has
     * e^-900 of its probability in the forward pass, and likewise in the backward pass.
     */
    @Test
    void refusesWhatBothPassesLose() {
        int frames = 200;
        double[] logits = new double[frames * CLASSES];
        for (int t = 0; t < frames; t++) {
            // Blanks are probable in the first half, label 2 in the second.
            int probable = t < frames / 2 ? 0 : 2;
            logits[t * CLASSES + probable] = 30;
        }
        Outcome outcome =
                new Outcome(LongStream.range(0, 90).map(s -> 1 + s % 5).toArray(), logits);
        assertThat(outcome.logarithmic).isFinite().isGreaterThan(1500);
        assertThat(outcome.scaled)
                .satisfiesAnyOf(
                        loss -> assertThat(loss).isNaN(),
                        loss -> assertThat(loss).isCloseTo(outcome.logarithmic, within(1e-6)));
    }

    /** Both computations of one sample. */
    private final class Outcome {

        final double scaled;
        final double lossAlone;
        final double logarithmic;
        private final double[] scaledGradient;
        private final double[] logarithmicGradient;

        Outcome(long[] target, double[] logits) {
            int frames = logits.length / CLASSES;
            Sample sample = new Sample(target, 0, frames, 0, CLASSES);
            try (NDArray array = manager.create(logits, new Shape(frames, CLASSES));
                    NDArray first = array.softmax(1);
                    NDArray second = array.softmax(1);
                    NDArray third = array.softmax(1)) {
                // Arrays that were used before, by a larger sample.
                ScaledForwardBackward arrays =
                        new ScaledForwardBackward(frames + 3, target.length + 2);
                lossAlone = arrays.loss(sample, ArrayElements.of(first));
                scaled = arrays.lossAndGradient(sample, ArrayElements.of(second));
                logarithmic =
                        new LogForwardBackward(sample, ArrayElements.of(array), CLASSES)
                                .lossAndGradient(ArrayElements.of(third));
                scaledGradient = second.toDoubleArray();
                logarithmicGradient = third.toDoubleArray();
            }
        }

        double greatestDifference() {
            double greatest = 0;
            for (int i = 0; i < scaledGradient.length; i++) {
                greatest = Math.max(greatest, Math.abs(scaledGradient[i] - logarithmicGradient[i]));
            }
            return greatest;
        }
    }

    private static double[] gaussian(Random random, int frames, double spread) {
        return random.doubles((long) frames * CLASSES)
                .map(unused -> random.nextGaussian() * spread)
                .toArray();
    }

    /** Labels with adjacent repeats if there are frames for them. */
    private static long[] target(Random random, int labels, int frames) {
        boolean repeats = frames >= 2 * labels;
        return LongStream.range(0, labels)
                .map(s -> 1 + (repeats ? random.nextInt(CLASSES - 1) : s % (CLASSES - 1)))
                .toArray();
    }
}
