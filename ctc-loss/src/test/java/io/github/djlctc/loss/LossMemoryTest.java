package io.github.djlctc.loss;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;

import io.github.djlctc.testing.ArrayTest;

import com.sun.management.ThreadMXBean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.lang.management.ManagementFactory;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** The memory that is foretold is what is allocated. In Java, on arrays of the CPU. */
class LossMemoryTest extends ArrayTest {

    private static final int CLASSES = 29;

    @Override
    protected Device device() {
        return Device.cpu();
    }

    /** With peaked logits, as a trained model has them; the last two are kept in blocks. */
    @ParameterizedTest
    @CsvSource({"400, 60", "1500, 200", "6000, 500", "60000, 90"})
    void theVariablesAreThoseThatAreAllocated(int frames, int labels) {
        Random random = new Random(frames);
        float[] values = new float[frames * CLASSES];
        long[] target = new long[labels];
        for (int s = 0; s < labels; s++) {
            target[s] = 1L + random.nextInt(CLASSES - 1);
        }
        for (int t = 0; t < frames; t++) {
            boolean isBlank = t % (frames / labels) != 0;
            int label = Math.min(labels - 1, t / (frames / labels));
            values[t * CLASSES + (isBlank ? 0 : (int) target[label])] = 6;
        }
        NDArray logits = manager.create(values, new Shape(1, frames, CLASSES));
        NDList labelList = new NDList(manager.create(target).expandDims(0));
        CTCLoss loss = CTCLoss.builder().build();
        // What is allocated once is not of the batch.
        loss.evaluate(labelList, new NDList(logits)).close();
        Backward.gradient(logits, () -> loss.evaluate(labelList, new NDList(logits)));
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        Backward.gradient(logits, () -> loss.evaluate(labelList, new NDList(logits)));
        double allocated = threads.getCurrentThreadAllocatedBytes() - before;
        double foretold = LossMemory.of(1, frames, CLASSES, labels).variables();
        assertThat(allocated).isBetween(0.7 * foretold, 1.3 * foretold + 100_000);
    }

    @Test
    void tenMinutesFit() {
        LossMemory memory = LossMemory.of(1, 60_000, CLASSES, 1_000);
        assertThat(memory.variables()).isBetween(8_000_000L, 12_000_000L);
        assertThat(memory.logits()).isEqualTo(3L * 4 * 60_000 * CLASSES);
        assertThat(memory.bytes()).isEqualTo(memory.logits() + memory.variables());
        // Ten minutes of fast speech, in characters.
        assertThat(LossMemory.of(1, 30_000, CLASSES, 9_000).variables()).isLessThan(64 << 20);
    }

    @Test
    void threadsHaveVariablesOfTheirOwn() {
        double one = LossMemory.of(1, 500, CLASSES, 50).variables();
        int threads = Math.min(16, Runtime.getRuntime().availableProcessors());
        assertThat(LossMemory.of(16, 500, CLASSES, 50).variables() / one)
                .isCloseTo(threads, within(1e-9));
    }
}
