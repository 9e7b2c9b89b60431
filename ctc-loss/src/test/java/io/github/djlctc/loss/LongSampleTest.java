package io.github.djlctc.loss;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

import io.github.djlctc.testing.ArrayTest;

import com.sun.management.ThreadMXBean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The loss of long samples keeps few forward variables, and is the same to the last bit as with all
 * of them. In Java, on arrays of the CPU.
 */
class LongSampleTest extends ArrayTest {

    private static final int CLASSES = 7;
    private static final long MEBIBYTE = 1 << 20;

    @Override
    protected Device device() {
        return Device.cpu();
    }

    /** Peaked logits among them, of which the scaled computation refuses some. */
    @ParameterizedTest
    @CsvSource({
        "1, 0, 1, 1",
        "2, 1, 1, 1",
        "9, 0, 1, 2",
        "9, 4, 1, 2",
        "40, 39, 1, 7",
        "61, 30, 6, 8",
        "61, 30, 40, 1",
        "300, 100, 1, 18",
        "300, 100, 6, 299",
        "300, 20, 12, 5",
        "300, 2, 90, 17"
    })
    void blocksChangeNoBit(int frames, int labels, double spread, int length) {
        for (int seed = 0; seed < 8; seed++) {
            Case sample = new Case(frames, labels, spread, seed);
            assertSame(
                    sample.results(FrameBlocks.ofLength(frames, length)),
                    sample.results(FrameBlocks.ofLength(frames, frames)));
        }
    }

    /** So long that blocks are chosen without being asked for. */
    @Test
    void longSamplesChangeNoBit() {
        int frames = 6_000;
        int labels = 400;
        Case sample = new Case(frames, labels, 1, 1);
        FrameBlocks chosen = FrameBlocks.of(frames, 2 * labels);
        assertThat(chosen.keptRows()).isLessThan(160);
        assertSame(sample.results(chosen), sample.results(FrameBlocks.ofLength(frames, frames)));
    }

    /** NaN equals NaN. */
    private static void assertSame(double[][] actual, double[][] expected) {
        for (int i = 0; i < expected.length; i++) {
            assertThat(actual[i]).usingComparator(Arrays::compare).isEqualTo(expected[i]);
        }
    }

    /** The arrays of a sample of another length were used before. */
    @Test
    void arraysServeSamplesOfAnyLengthUpToTheirs() {
        ScaledForwardBackward reused =
                new ScaledForwardBackward(90, 20, FrameBlocks.ofLength(90, 8));
        for (int frames : new int[] {90, 33, 1, 64, 7, 90}) {
            Case sample = new Case(frames, Math.min(15, frames / 2), 1, frames);
            double[] expected =
                    sample.scaled(
                            new ScaledForwardBackward(
                                    frames, 15, FrameBlocks.ofLength(frames, frames)));
            assertThat(sample.scaled(reused)).isEqualTo(expected);
        }
    }

    /** All forward variables would take 916 MiB, over logarithms as well. */
    @Test
    void tenMinutesTakeFewMebibytes() {
        int frames = 60_000;
        int labels = 1_000;
        Case sample = new Case(frames, labels, 1, 1);
        try (NDArray array = sample.posteriors();
                NDArray logits = sample.logits()) {
            ArrayElements posteriors = ArrayElements.of(array);
            ArrayElements elements = ArrayElements.of(logits);
            long scaled =
                    allocated(
                            () ->
                                    new ScaledForwardBackward(frames, labels)
                                            .lossAndGradient(sample.sample, posteriors));
            // What it allocates, it does so before it begins.
            long logarithmic =
                    allocated(() -> new LogForwardBackward(sample.sample, elements, CLASSES));
            assertThat(scaled).isBetween(7 * MEBIBYTE, 12 * MEBIBYTE);
            assertThat(logarithmic).isBetween(7 * MEBIBYTE, 12 * MEBIBYTE);
        }
    }

    private static long allocated(Runnable computation) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        computation.run();
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    /** A sample with random logits and labels. */
    private final class Case {

        final Sample sample;
        private final double[] values;
        private final int frames;
        private final int labels;

        Case(int frames, int labels, double spread, long seed) {
            this.frames = frames;
            this.labels = labels;
            Random random = new Random(seed);
            values = new double[frames * CLASSES];
            Arrays.setAll(values, i -> spread * random.nextGaussian());
            boolean repeats = frames >= 2 * labels;
            long[] target = new long[labels];
            Arrays.setAll(
                    target, s -> 1 + (repeats ? random.nextInt(CLASSES - 1) : s % (CLASSES - 1)));
            sample = new Sample(target, 0, frames, 0, CLASSES);
        }

        NDArray logits() {
            return manager.create(values, new Shape(frames, CLASSES));
        }

        NDArray posteriors() {
            try (NDArray logits = logits()) {
                return logits.softmax(1);
            }
        }

        /** Returns what both computations give, with forward variables in some blocks. */
        double[][] results(FrameBlocks blocks) {
            double[] scaled = scaled(new ScaledForwardBackward(frames, labels, blocks));
            try (NDArray logits = logits();
                    NDArray gradient = logits.zerosLike()) {
                double loss =
                        new LogForwardBackward(sample, ArrayElements.of(logits), CLASSES, blocks)
                                .lossAndGradient(ArrayElements.of(gradient));
                return new double[][] {scaled, {loss}, gradient.toDoubleArray()};
            }
        }

        /** Returns the loss alone, the loss, and the gradient unless the sample is refused. */
        double[] scaled(ScaledForwardBackward arrays) {
            try (NDArray first = posteriors();
                    NDArray second = posteriors()) {
                double alone = arrays.loss(sample, ArrayElements.of(first));
                double loss = arrays.lossAndGradient(sample, ArrayElements.of(second));
                double[] gradient = Double.isNaN(loss) ? new double[0] : second.toDoubleArray();
                double[] results = Arrays.copyOf(new double[] {alone, loss}, 2 + gradient.length);
                System.arraycopy(gradient, 0, results, 2, gradient.length);
                return results;
            }
        }
    }
}
