package io.github.djlctc.loss;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

import io.github.djlctc.batch.CTCBatch;
import io.github.djlctc.batch.EmissionLayout;
import io.github.djlctc.engine.MetaDevice;
import io.github.djlctc.engine.ProgramSource;
import io.github.djlctc.engine.TorchScriptProgram;
import io.github.djlctc.loss.CTCPrograms.Output;
import io.github.djlctc.testing.ArrayTest;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.lang.reflect.Proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Losses of logits that are not on the CPU, with devices that are simulated on the CPU. */
class LossOnAnotherDeviceTest extends ArrayTest {

    private static final Shape SHAPE = new Shape(2, 6, 4);

    @Override
    protected Device device() {
        return Device.cpu();
    }

    @ParameterizedTest
    @CsvSource({
        "BATCH_MAJOR, 6, 0",
        "TIME_MAJOR, 2, 0",
        "BATCH_MAJOR, 1, 0.1",
        "TIME_MAJOR, 2, 0.1"
    })
    void programsNeitherMixDevicesNorWait(EmissionLayout layout, int length, double smoothing) {
        for (Output output : Output.values()) {
            for (boolean recording : new boolean[] {true, false}) {
                LossSettings settings =
                        new LossSettings(
                                0, layout, Reduction.MEAN, InfeasiblePolicy.ZERO, smoothing, 0);
                NDArray logits = manager.zeros(SHAPE);
                int samples = layout == EmissionLayout.BATCH_MAJOR ? 2 : 6;
                NDList labels = new NDList(manager.ones(new Shape(samples, 2), DataType.INT64));
                NDArray lengths =
                        manager.full(new Shape(samples), length).toType(DataType.INT64, false);
                CTCBatch batch = CTCBatch.read(labels, new NDList(logits, lengths), layout, -1);
                for (NativeAlgorithm algorithm :
                        new NativeAlgorithm[] {NativeAlgorithm.DENSE, NativeAlgorithm.COMPACT}) {
                    long[] numbers = algorithm.numbers(batch, settings, output, recording);
                    String resource =
                            algorithm == NativeAlgorithm.DENSE ? "ctc_dense.py" : "ctc_compact.py";
                    MetaDevice.run(
                            ProgramSource.read(CTCLoss.class, resource, "ctc_common.py"),
                            new NDList(logits),
                            new NDList(manager.create(numbers)),
                            new NDList(),
                            3);
                }
            }
        }
    }

    /** The code path that DENSE takes on CUDA with large arrays, on the CPU with a small one. */
    @ParameterizedTest
    @EnumSource
    void onlyTheColumnsOfATargetNeedToBeMended(Output output) {
        String source = ProgramSource.read(CTCLoss.class, "ctc_dense.py", "ctc_common.py");
        String changed = source.replace("\"cuda\"", "\"cpu\"").replace("4000000", "0");
        assertThat(changed).hasSize(source.length() - 1 - 6);
        NDArray values = manager.randomNormal(new Shape(4, 6, 5));
        // A label and the blank that are impossible in a frame, a label that is so in all frames,
        // and a frame of NaN; and a last sample with few frames.
        values.set(new NDIndex("0,2,1"), Float.NEGATIVE_INFINITY);
        values.set(new NDIndex("0,3,0"), Float.NEGATIVE_INFINITY);
        values.set(new NDIndex("1,:,3"), Float.NEGATIVE_INFINITY);
        values.set(new NDIndex("2,4"), Float.NaN);
        values.set(new NDIndex("3,4:"), Float.NaN);
        NDList labels = new NDList(manager.create(new long[][] {{1, 2}, {3, 3}, {1, -1}, {4, 2}}));
        NDArray lengths = manager.create(new long[] {6, 6, 6, 4});
        // Infinite losses are kept: PyTorch's kernel for the CPU would not give other classes 0.
        LossSettings settings =
                new LossSettings(
                        0,
                        EmissionLayout.BATCH_MAJOR,
                        Reduction.SUM,
                        InfeasiblePolicy.KEEP_INFINITE,
                        0,
                        0);
        CTCBatch batch =
                CTCBatch.read(labels, new NDList(values, lengths), EmissionLayout.BATCH_MAJOR, -1);
        NDArray numbers =
                manager.create(NativeAlgorithm.DENSE.numbers(batch, settings, output, true));
        double[] expected = gradient(ProgramSource.program(source), values, numbers);
        double[] actual = gradient(ProgramSource.program(changed), values, numbers);
        assertThat(actual).isEqualTo(expected);
        assertThat(expected[2 * 5 + 1]).isZero();
        assertThat(expected[2 * 6 * 5 - 1]).isNaN();
        assertThat(expected[3 * 6 * 5 - 1]).isNaN();
        assertThat(expected[4 * 6 * 5 - 1]).isZero();
    }

    private double[] gradient(TorchScriptProgram program, NDArray values, NDArray numbers) {
        NDArray logits = values.duplicate();
        NDArray gradient =
                Backward.gradient(
                        logits, () -> program.run(new NDList(logits, numbers)).head().sum());
        return gradient.toType(DataType.FLOAT64, true).toDoubleArray();
    }

    @Test
    void cudaComputesInFloat64OnTheColumnsOfTheTarget() {
        NDArray there = somewhere(Device.gpu(1));
        assertThat(CTCAlgorithm.AUTO.choose(there)).isSameAs(NativeOrHost.INSTANCE);
        assertThat(CTCAlgorithm.COMPACT.choose(there)).isSameAs(NativeAlgorithm.COMPACT);
        assertThat(CTCAlgorithm.DENSE.choose(there)).isSameAs(NativeAlgorithm.DENSE);
        assertThatThrownBy(() -> CTCAlgorithm.SCALED.choose(there))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("on gpu(1); use AUTO");
    }

    @Test
    void aDeviceWithoutFloat64HasTheLossComputedOnTheCpu() {
        NDArray there = somewhere(Device.of("mps", -1));
        assertThat(CTCAlgorithm.AUTO.choose(there)).isSameAs(HostDetour.INSTANCE);
        for (CTCAlgorithm algorithm :
                new CTCAlgorithm[] {
                    CTCAlgorithm.COMPACT, CTCAlgorithm.DENSE, CTCAlgorithm.SCALED
                }) {
            assertThatThrownBy(() -> algorithm.choose(there))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("mps")
                    .hasMessageContaining("use AUTO");
        }
    }

    @ParameterizedTest
    @EnumSource
    void theDetourGivesTheSameLossAndGradient(Output output) {
        CTCBatch batch =
                CTCBatch.read(
                        new NDList(manager.create(new long[][] {{1, 2}, {3, 3}})),
                        new NDList(manager.zeros(SHAPE)),
                        EmissionLayout.BATCH_MAJOR,
                        -1);
        LossSettings settings =
                new LossSettings(
                        0, EmissionLayout.BATCH_MAJOR, Reduction.MEAN, InfeasiblePolicy.ZERO, 0, 0);
        NDArray values = manager.randomNormal(SHAPE);
        double[][] results = new double[2][];
        double[][] metrics = new double[2][];
        for (int i = 0; i < 2; i++) {
            LossAlgorithm algorithm = i == 0 ? ScaledAlgorithm.INSTANCE : HostDetour.INSTANCE;
            NDArray logits = values.duplicate();
            int number = i;
            NDArray gradient =
                    Backward.gradient(
                            logits,
                            () -> {
                                int arrays = manager.getManagedArrays().size();
                                LossAlgorithm.Evaluation evaluation =
                                        output == Output.REDUCED
                                                ? algorithm.reduced(logits, batch, settings)
                                                : algorithm.perSample(logits, batch, settings);
                                metrics[number] = evaluation.values().read();
                                evaluation.values().close();
                                assertThat(manager.getManagedArrays()).hasSize(arrays + 1);
                                return evaluation.loss().sum();
                            });
            results[i] = gradient.toType(DataType.FLOAT64, true).toDoubleArray();
        }
        assertThat(metrics[1]).isEqualTo(metrics[0]);
        assertThat(results[1]).isEqualTo(results[0]);
    }

    private static NDArray somewhere(Device device) {
        return (NDArray)
                Proxy.newProxyInstance(
                        NDArray.class.getClassLoader(),
                        new Class<?>[] {NDArray.class},
                        (proxy, method, arguments) ->
                                switch (method.getName()) {
                                    case "getDevice" -> device;
                                    case "getShape" -> SHAPE;
                                    case "getDataType" -> DataType.FLOAT32;
                                    case "size" -> SHAPE.size();
                                    default ->
                                            throw new UnsupportedOperationException(
                                                    method.getName());
                                });
    }
}
