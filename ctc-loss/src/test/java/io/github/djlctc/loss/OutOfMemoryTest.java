package io.github.djlctc.loss;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;

import io.github.djlctc.batch.CTCBatch;
import io.github.djlctc.batch.EmissionLayout;
import io.github.djlctc.engine.PyTorch;
import io.github.djlctc.testing.ArrayTest;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What happens when the memory of a device or of Java runs out. */
class OutOfMemoryTest extends ArrayTest {

    private static final LossSettings SETTINGS =
            new LossSettings(
                    0, EmissionLayout.BATCH_MAJOR, Reduction.MEAN, InfeasiblePolicy.ZERO, 0, 0);

    /**
     * As PyTorch says it of CUDA, of the host's memory on Linux and on Windows, and of MPS; and as
     * cuBLAS and C++ say it through PyTorch.
     */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "CUDA out of memory. Tried to allocate 1.79 GiB. GPU 0 has a total capacity of ...",
                "[enforce fail at alloc_cpu.cpp:119] err == 0. DefaultCPUAllocator: can't allocate"
                        + " memory: you tried to allocate 1920960000 bytes.",
                "DefaultCPUAllocator: not enough memory: you tried to allocate 1920960000 bytes.",
                "MPS backend out of memory (MPS allocated: 8.84 GB, other allocations: ...)",
                "CUDA error: CUBLAS_STATUS_ALLOC_FAILED when calling `cublasCreate(handle)`",
                "std::bad_alloc"
            })
    void aBatchTooLargeForADeviceIsComputedOnTheHost(String message) {
        NativeOrHost algorithm =
                new NativeOrHost(
                        new Failing(new EngineException(message)), ScaledAlgorithm.INSTANCE);
        NDArray logits = manager.randomNormal(new Shape(2, 6, 4));
        CTCBatch batch = batch(logits);
        LossAlgorithm.Evaluation expected =
                ScaledAlgorithm.INSTANCE.reduced(logits, batch, SETTINGS);
        assertThat(algorithm.reduced(logits, batch, SETTINGS).values().read())
                .isEqualTo(expected.values().read());
        assertThat(algorithm.perSample(logits, batch, SETTINGS).loss().getShape())
                .isEqualTo(new Shape(2));
    }

    @Test
    void otherFailuresAreNotHidden() {
        EngineException failure = new EngineException("CUDA error: device-side assert triggered");
        NativeOrHost algorithm = new NativeOrHost(new Failing(failure), ScaledAlgorithm.INSTANCE);
        NDArray logits = manager.randomNormal(new Shape(2, 6, 4));
        CTCBatch batch = batch(logits);
        assertThatThrownBy(() -> algorithm.reduced(logits, batch, SETTINGS)).isSameAs(failure);
        assertThat(PyTorch.isOutOfMemory(new OutOfMemoryError("Java heap space"))).isTrue();
        assertThat(PyTorch.isOutOfMemory(new EngineException((String) null))).isFalse();
        assertThat(PyTorch.isOutOfMemory(new IllegalStateException("out of memory"))).isFalse();
    }

    @Test
    void theSampleItsLengthAndTheRemedyAreNamed() {
        CTCBatch batch = batch(manager.zeros(new Shape(2, 6, 4)));
        OutOfMemoryError cause = new OutOfMemoryError("Java heap space");
        LossMemoryException exception = new LossMemoryException(batch, cause);
        assertThat(exception)
                .hasCause(cause)
                .hasMessage(
                        "out of memory in the loss of a batch of 2 x 6 frames and 4 classes (Java"
                                + " heap space); the largest is sample 1, of 5 frames and 2 labels:"
                                + " leave it out, bound a batch by frames"
                                + " (LengthBucketSampler.optMaxFrames), subsample more, or give more"
                                + " memory (-Xmx)");
        assertThat(exception.sample()).isEqualTo(1);
        // Java's limit leaves less to a device or the engine.
        assertThat(new LossMemoryException(batch, new EngineException("CUDA out of memory")))
                .hasMessageContaining("(CUDA out of memory)")
                .hasMessageEndingWith("or give more memory");
    }

    private CTCBatch batch(NDArray logits) {
        return CTCBatch.read(
                new NDList(manager.create(new long[][] {{1, -1}, {3, 2}})),
                new NDList(logits, manager.create(new long[] {6, 5})),
                EmissionLayout.BATCH_MAJOR,
                -1);
    }

    private record Failing(EngineException failure) implements LossAlgorithm {

        @Override
        public Evaluation reduced(NDArray logits, CTCBatch batch, LossSettings settings) {
            throw failure;
        }

        @Override
        public Evaluation perSample(NDArray logits, CTCBatch batch, LossSettings settings) {
            throw failure;
        }
    }
}
