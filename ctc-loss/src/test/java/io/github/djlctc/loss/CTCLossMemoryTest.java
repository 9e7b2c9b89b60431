package io.github.djlctc.loss;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import ai.djl.training.listener.EvaluatorTrainingListener;

import io.github.djlctc.batch.CTCInputException;
import io.github.djlctc.host.CountsArrays;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Training for long neither keeps arrays nor grows the process. */
@ParameterizedClass
@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "AUTO")
class CTCLossMemoryTest {

    private static final int WINDOWS = 4;
    private static final int STEPS = 2_000;
    private static final int WARM_UP = 1_000;

    /** Exceeded in every window by a leak, in some windows by the pools of an allocator. */
    private static final long ALLOWED_GROWTH = 4L << 20;

    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String KEY = EvaluatorTrainingListener.TRAIN_EPOCH;

    @Parameter private CTCAlgorithm algorithm;

    @CountsArrays
    void residentSetAndArrayCountStayFlat() throws IOException {
        CTCLoss loss = CTCLoss.builder().optAlgorithm(algorithm).build();
        loss.addAccumulator(KEY);
        try (NDManager manager = AlgorithmDevice.newManager(algorithm)) {
            NDArray logits = manager.randomUniform(-1, 1, new Shape(2, 6, 4), DataType.FLOAT32);
            logits.setRequiresGradient(true);
            NDList labels = new NDList(manager.create(new long[][] {{1, 2}, {3, 3}}));
            NDList predictions = new NDList(logits, manager.create(new long[] {6, 5}));
            for (int step = 0; step < WARM_UP; step++) {
                step(loss, labels, predictions);
            }
            int arrays = manager.getManagedArrays().size();
            long leastGrowth = Long.MAX_VALUE;
            long resident = residentSet();
            for (int window = 0; window < WINDOWS; window++) {
                for (int step = 0; step < STEPS; step++) {
                    step(loss, labels, predictions);
                }
                long before = resident;
                resident = residentSet();
                leastGrowth = Math.min(leastGrowth, resident - before);
            }
            assertThat(manager.getManagedArrays()).hasSize(arrays);
            assumeTrue(resident > 0, "no " + STATUS + " to read the resident set from");
            assertThat(leastGrowth).isLessThan(ALLOWED_GROWTH);
        }
    }

    @CountsArrays
    void rejectedBatchesLeaveNothingBehind() {
        CTCLoss loss = CTCLoss.builder().optAlgorithm(algorithm).build();
        try (NDManager manager = AlgorithmDevice.newManager(algorithm)) {
            NDList labels = new NDList(manager.create(new int[] {1, 2, 57, 1}, new Shape(2, 2)));
            NDList predictions =
                    new NDList(
                            manager.zeros(new Shape(2, 6, 4)), manager.create(new float[] {6, 5}));
            int arrays = manager.getManagedArrays().size();
            assertThatThrownBy(() -> loss.evaluate(labels, predictions))
                    .isInstanceOf(CTCInputException.class);
            assertThat(manager.getManagedArrays()).hasSize(arrays);
        }
    }

    /**
     * Arrays that DJL makes from host values share the memory of a Java buffer, which is freed some
     * time after they are closed. So PyTorch must own the memory that back-propagation still needs.
     */
    @ParameterizedTest
    @ValueSource(doubles = {0, 0.1})
    void theGradientDoesNotDependOnMemoryThatWasFreedSinceTheLoss(double smoothing)
            throws InterruptedException {
        CTCLoss loss =
                CTCLoss.builder().optAlgorithm(algorithm).optLabelSmoothing(smoothing).build();
        try (NDManager manager = AlgorithmDevice.newManager(algorithm)) {
            NDArray logits = manager.randomUniform(-1, 1, new Shape(4, 30, 8), DataType.FLOAT64);
            NDList labels =
                    new NDList(
                            manager.create(new long[] {1, 2, 3, 3, 4, 5, 6, 7}, new Shape(4, 2)));
            NDList predictions = new NDList(logits, manager.create(new long[] {30, 29, 28, 27}));
            logits.setRequiresGradient(true);
            double[] expected = null;
            for (int round = 0; round < 5; round++) {
                try (NDManager step = manager.newSubManager();
                        GradientCollector collector = Engine.getInstance().newGradientCollector()) {
                    NDArray value = loss.evaluate(labels, predictions);
                    value.attach(step);
                    if (round > 0) {
                        overwriteFreedMemory();
                    }
                    collector.backward(value);
                }
                double[] gradient = logits.getGradient().toDoubleArray();
                expected = expected == null ? gradient : expected;
                // Gradients add up over the rounds.
                for (int i = 0; i < gradient.length; i++) {
                    assertThat(gradient[i]).isCloseTo((round + 1) * expected[i], within(1e-12));
                }
            }
        }
    }

    @Test
    void theLossesAreNotInMemoryThatIsFreed() throws InterruptedException {
        CTCLoss loss =
                CTCLoss.builder()
                        .optAlgorithm(algorithm)
                        .optInfeasible(InfeasiblePolicy.KEEP_INFINITE)
                        .build();
        try (NDManager manager = AlgorithmDevice.newManager(algorithm)) {
            NDArray logits = manager.zeros(new Shape(4, 30, 8), DataType.FLOAT64);
            NDList labels =
                    new NDList(
                            manager.create(new long[] {1, 2, 3, 3, 4, 5, 6, 7}, new Shape(4, 2)));
            NDArray losses = loss.evaluatePerSample(labels, new NDList(logits));
            double[] expected = losses.toDoubleArray();
            overwriteFreedMemory();
            assertThat(losses.toDoubleArray()).isEqualTo(expected);
        }
    }

    /** PyTorch returns a view for the index of one sample, a copy for those of several. */
    @Test
    void norDoesThatOfALargeVocabularyAndOneSample() throws InterruptedException {
        CTCLoss loss = CTCLoss.builder().optAlgorithm(algorithm).build();
        try (NDManager manager = AlgorithmDevice.newManager(algorithm)) {
            NDArray logits = manager.zeros(new Shape(1, 420, 30_000));
            logits.setRequiresGradient(true);
            NDList labels = new NDList(manager.create(new long[][] {{1, 2}}));
            try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
                NDArray value = loss.evaluate(labels, new NDList(logits));
                overwriteFreedMemory();
                collector.backward(value);
            }
            double ofLabel = logits.getGradient().get(new NDIndex("0,:,1")).sum().getFloat();
            double ofOther = logits.getGradient().get(new NDIndex("0,:,3")).sum().getFloat();
            assertThat(ofLabel).isLessThan(-1);
            assertThat(ofOther).isPositive();
        }
    }

    static void overwriteFreedMemory() throws InterruptedException {
        List<ByteBuffer> garbage = new ArrayList<>();
        for (int collection = 0; collection < 3; collection++) {
            System.gc();
            // The buffers are freed by a thread of the JVM, after the collection.
            Thread.sleep(20);
            for (int i = 0; i < 2_000; i++) {
                ByteBuffer buffer = ByteBuffer.allocateDirect(16 + 8 * (i % 8));
                while (buffer.remaining() >= Long.BYTES) {
                    buffer.putLong(Long.MAX_VALUE / 2);
                }
                garbage.add(buffer);
            }
        }
        assertThat(garbage).isNotEmpty();
    }

    private static void step(CTCLoss loss, NDList labels, NDList predictions) {
        // DJL's backward leaves an array in the manager of the loss.
        try (NDManager step = predictions.head().getManager().newSubManager();
                GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            NDArray value = loss.evaluate(labels, predictions);
            value.attach(step);
            collector.backward(value);
        }
        loss.updateAccumulator(KEY, labels, predictions);
    }

    /** The bytes of the process in memory, 0 where the system does not tell. */
    private static long residentSet() throws IOException {
        List<String> lines = Files.isReadable(STATUS) ? Files.readAllLines(STATUS) : List.of();
        return lines.stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                .findFirst()
                .orElse(0);
    }
}
