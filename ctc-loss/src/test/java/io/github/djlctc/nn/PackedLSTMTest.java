package io.github.djlctc.nn;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import ai.djl.util.Pair;

import io.github.djlctc.engine.MetaDevice;
import io.github.djlctc.engine.ProgramSource;
import io.github.djlctc.engine.TensorMismatchException;
import io.github.djlctc.host.Reading;
import io.github.djlctc.nn.PackedLSTM.Direction;
import io.github.djlctc.testing.RelativeDifference;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.Buffer;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

class PackedLSTMTest {

    private static final int FEATURES = 5;
    private static final int STATE = 7;
    private static final long[] LENGTHS = {4, 9, 1, 6};
    private static final int FRAMES = 10;

    /** What cuDNN's LSTM rounds to: float32 with the ten bits of TF32. */
    private static final double TF32 = 1e-3;

    private NDManager manager;

    @BeforeEach
    void open() {
        Engine.getInstance().setRandomSeed(7);
        manager = NDManager.newBaseManager();
    }

    @AfterEach
    void close() {
        manager.close();
    }

    @ParameterizedTest
    @EnumSource
    void equalsTheUnpaddedResult(Direction direction) {
        PackedLSTM lstm = initialized(direction, 2, 0);
        NDArray input = manager.randomNormal(new Shape(LENGTHS.length, FRAMES, FEATURES));
        NDArray padded = forward(lstm, input, LENGTHS).head();

        for (int n = 0; n < LENGTHS.length; n++) {
            NDArray alone = input.get(new NDIndex("{}:{},:{}", n, n + 1, LENGTHS[n]));
            NDArray expected = forward(lstm, alone, LENGTHS[n]).head();
            NDArray actual = padded.get(new NDIndex("{}:{},:{}", n, n + 1, LENGTHS[n]));
            assertThat(actual.sub(expected).abs().max().getFloat())
                    .isLessThan((float) tolerance(2e-7));
            NDArray beyond = padded.get(new NDIndex("{},{}:", n, LENGTHS[n]));
            assertThat(beyond.abs().max().getFloat()).isZero();
        }
    }

    @Test
    void oneStepIsTheFormulaOfTheLstm() {
        PackedLSTM lstm = initialized(Direction.FORWARD, 1, 0);
        NDArray input = manager.randomNormal(new Shape(1, 1, FEATURES));
        float[] output = forward(lstm, input, 1).head().toFloatArray();

        float[] x = input.toFloatArray();
        float[] weights = array(lstm, "weight_ih_l0").toFloatArray();
        float[] inputBias = array(lstm, "bias_ih_l0").toFloatArray();
        float[] stateBias = array(lstm, "bias_hh_l0").toFloatArray();
        for (int h = 0; h < STATE; h++) {
            double[] gate = new double[4];
            for (int g = 0; g < 4; g++) {
                int row = g * STATE + h;
                gate[g] = inputBias[row] + stateBias[row];
                for (int f = 0; f < FEATURES; f++) {
                    gate[g] += weights[row * FEATURES + f] * x[f];
                }
            }
            double cell = sigmoid(gate[0]) * Math.tanh(gate[2]);
            assertThat((double) output[h])
                    .isCloseTo(sigmoid(gate[3]) * Math.tanh(cell), offset(tolerance(1e-6)));
        }
    }

    @Test
    void everyParameterHasTheRightGradient() {
        PackedLSTM lstm = initialized(Direction.BIDIRECTIONAL, 2, 0);
        NDArray input = manager.randomNormal(new Shape(LENGTHS.length, FRAMES, FEATURES));
        NDArray weight = manager.randomNormal(new Shape(LENGTHS.length, FRAMES, 2 * STATE));
        try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            NDArray states =
                    lstm.forward(store(), new NDList(input, manager.create(LENGTHS)), true).head();
            collector.backward(states.mul(weight).sum());
        }
        // The difference quotient multiplies the rounding of both values.
        float offset = manager.getDevice().isGpu() ? 0.1f : 2e-2f;
        for (Pair<String, Parameter> pair : lstm.getParameters()) {
            NDArray array = pair.getValue().getArray();
            float gradient = array.getGradient().getFloat(firstOf(array));
            float numeric = numericGradient(lstm, input, weight, array);
            assertThat(gradient).as(pair.getKey()).isNotZero().isCloseTo(numeric, offset(offset));
        }
    }

    private float numericGradient(
            PackedLSTM lstm, NDArray input, NDArray weight, NDArray parameter) {
        float step = 1e-2f;
        float value = parameter.getFloat(firstOf(parameter));
        float[] result = new float[2];
        for (int side = 0; side < 2; side++) {
            set(parameter, value + (side == 0 ? step : -step));
            result[side] = forward(lstm, input, LENGTHS).head().mul(weight).sum().getFloat();
        }
        set(parameter, value);
        return (result[0] - result[1]) / (2 * step);
    }

    private static long[] firstOf(NDArray array) {
        return new long[array.getShape().dimension()];
    }

    private static void set(NDArray parameter, float value) {
        float[] values = parameter.toFloatArray();
        values[0] = value;
        set(parameter, FloatBuffer.wrap(values));
    }

    private static void set(NDArray parameter, Buffer values) {
        parameter.setRequiresGradient(false);
        parameter.set(values);
        parameter.setRequiresGradient(true);
    }

    @ParameterizedTest
    @EnumSource
    void everyProgramEqualsThePackedOneInFloat64(LSTMProgram program) {
        if (program == LSTMProgram.PADDED) {
            useCpu();
        }
        for (Direction direction : Direction.values()) {
            assertEqualsPacked(program, direction, DataType.FLOAT32, tolerance(3e-6));
            if (program != LSTMProgram.PADDED) {
                double float64 = manager.getDevice().isGpu() ? 1e-9 : 1e-13;
                assertEqualsPacked(program, direction, DataType.FLOAT64, float64);
            }
        }
    }

    @Test
    void theCpuRunsFloat32ByOneDnn() {
        useCpu();
        assertThat(LSTMProgram.choose(manager.ones(new Shape(1)), 1)).isEqualTo(LSTMProgram.PADDED);
        assertThat(LSTMProgram.choose(manager.ones(new Shape(1), DataType.FLOAT64), 1))
                .isEqualTo(LSTMProgram.PACKED);
    }

    @ParameterizedTest
    @EnumSource
    void neitherMixesDevicesNorWaitsOnAnotherDevice(Direction direction) {
        useCpu();
        PackedLSTM lstm = initialized(direction, 2, 0.1f);
        int directions = direction == Direction.BIDIRECTIONAL ? 2 : 1;
        NDList weights = new NDList();
        lstm.getParameters().values().forEach(parameter -> weights.add(parameter.getArray()));
        for (String resource : new String[] {"bidirectional_lstm.py", "joint_lstm.py"}) {
            MetaDevice.run(
                    ProgramSource.read(
                            PackedLSTM.class, resource, "lstm_common.py", "dropout_common.py"),
                    new NDList(manager.ones(shapes()[0])),
                    new NDList(
                            manager.create(LENGTHS),
                            manager.create(new double[] {2, directions, STATE, 0.1, 1}),
                            manager.zeros(new Shape(0), DataType.UINT8)),
                    weights,
                    1);
        }
    }

    private void assertEqualsPacked(
            LSTMProgram program, Direction direction, DataType type, double tolerance) {
        PackedLSTM packed = builder(direction, 2, 0).optProgram(LSTMProgram.PACKED).build();
        packed.initialize(manager, DataType.FLOAT64, shapes());
        PackedLSTM other = builder(direction, 2, 0).optProgram(program).build();
        other.initialize(manager, type, shapes());
        for (String name : packed.getParameters().keys()) {
            NDArray value = array(packed, name).toType(type, true);
            set(array(other, name), value.toByteBuffer());
        }
        NDArray input = manager.randomNormal(new Shape(LENGTHS.length, FRAMES, FEATURES));
        // Padding has no influence, whatever it holds.
        for (int n = 0; n < LENGTHS.length; n++) {
            input.set(new NDIndex("{},{}:", n, LENGTHS[n]), Float.NaN);
        }
        long width = packed.getOutputShapes(shapes())[0].get(2);
        NDArray weight = manager.randomNormal(new Shape(LENGTHS.length, FRAMES, width));

        List<NDArray> expected = statesAndGradients(packed, input, weight, DataType.FLOAT64);
        List<NDArray> actual = statesAndGradients(other, input, weight, type);

        for (int i = 0; i < expected.size(); i++) {
            assertThat(RelativeDifference.of(actual.get(i), expected.get(i)))
                    .as("%s %s %s, array %d", program, direction, type, i)
                    .isLessThan(tolerance);
        }
    }

    /** Returns the states, and the gradients of the input and of all parameters. */
    private List<NDArray> statesAndGradients(
            PackedLSTM lstm, NDArray input, NDArray weight, DataType type) {
        NDArray typed = input.toType(type, true);
        typed.setRequiresGradient(true);
        List<NDArray> results = new ArrayList<>();
        try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            NDList inputs = new NDList(typed, manager.create(LENGTHS));
            NDArray states = lstm.forward(store(), inputs, true).head();
            results.add(states.duplicate());
            collector.backward(states.mul(weight.toType(type, true)).sum());
        }
        results.add(typed.getGradient());
        for (Parameter parameter : lstm.getParameters().values()) {
            results.add(parameter.getArray().getGradient());
        }
        return results;
    }

    @Test
    void dropoutActsInTrainingOnly() {
        PackedLSTM lstm = initialized(Direction.BIDIRECTIONAL, 2, 0.5f);
        NDArray input = manager.randomNormal(new Shape(LENGTHS.length, FRAMES, FEATURES));
        NDList inputs = new NDList(input, manager.create(LENGTHS));
        NDArray first = forward(lstm, input, LENGTHS).head();
        NDArray second = forward(lstm, input, LENGTHS).head();
        assertThat(first).isEqualTo(second);
        NDArray trained = lstm.forward(store(), inputs, true).head();
        assertThat(trained.sub(first).abs().max().getFloat()).isGreaterThan(1e-3f);
    }

    @Test
    void savesAndLoads(@TempDir Path folder) throws Exception {
        NDArray input = manager.randomNormal(new Shape(LENGTHS.length, FRAMES, FEATURES));
        float[] before;
        try (Model model = Model.newInstance("lstm")) {
            PackedLSTM lstm = initialized(Direction.BIDIRECTIONAL, 2, 0);
            model.setBlock(lstm);
            before = forward(lstm, input, LENGTHS).head().toFloatArray();
            model.save(folder, "lstm");
        }
        try (Model model = Model.newInstance("lstm")) {
            PackedLSTM lstm = lstm(Direction.BIDIRECTIONAL, 2, 0);
            model.setBlock(lstm);
            model.load(folder, "lstm");
            assertThat(forward(lstm, input, LENGTHS).head().toFloatArray()).isEqualTo(before);
        }
    }

    @Test
    void passesLengthsOnAndKeepsFloat64() {
        PackedLSTM lstm = lstm(Direction.FORWARD, 1, 0);
        lstm.initialize(manager, DataType.FLOAT64, shapes());
        NDArray input = manager.ones(new Shape(LENGTHS.length, FRAMES, FEATURES), DataType.FLOAT64);
        NDList output = forward(lstm, input, LENGTHS);
        assertThat(output.head().getDataType()).isEqualTo(DataType.FLOAT64);
        assertThat(output.get(1).toLongArray()).isEqualTo(LENGTHS);
        assertThat(lstm.getOutputShapes(shapes())[0]).isEqualTo(output.head().getShape());
    }

    @ParameterizedTest
    @EnumSource
    void leavesNoArrayBehind(LSTMProgram program) {
        if (program == LSTMProgram.PADDED) {
            useCpu();
        }
        Reading.everyWay(() -> assertLeavesNoArrayBehind(program));
    }

    private void assertLeavesNoArrayBehind(LSTMProgram program) {
        PackedLSTM lstm = builder(Direction.BIDIRECTIONAL, 2, 0.1f).optProgram(program).build();
        lstm.initialize(manager, DataType.FLOAT32, shapes());
        NDArray input = manager.randomNormal(new Shape(LENGTHS.length, FRAMES, FEATURES));
        NDArray lengths = manager.create(LENGTHS);
        ParameterStore store = store();
        lstm.forward(store, new NDList(input, lengths), true).head().close();
        int before = manager.getManagedArrays().size();
        for (int i = 0; i < 100; i++) {
            lstm.forward(store, new NDList(input, lengths), i % 2 == 0).head().close();
        }
        assertThat(manager.getManagedArrays()).hasSize(before);
    }

    @Test
    void namesTheSampleWithAWrongLength() {
        PackedLSTM lstm = initialized(Direction.FORWARD, 1, 0);
        NDArray input = manager.ones(new Shape(2, FRAMES, FEATURES));
        assertThatThrownBy(() -> forward(lstm, input, 3, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("sample 1: length 0, but the input has 10 frames; 1 to 10 expected");
        assertThatThrownBy(() -> forward(lstm, input, 11, 3)).hasMessageContaining("sample 0");
        assertThatThrownBy(() -> forward(lstm, input, 3)).hasMessageContaining("shape (1)");
        assertThatThrownBy(() -> forward(lstm, manager.ones(new Shape(2, 3)), 3, 3))
                .hasMessageContaining("(N,T,F)");
    }

    @Test
    void refusesAnotherNumberOfFeaturesThanItWasInitialisedFor() {
        PackedLSTM lstm = initialized(Direction.BIDIRECTIONAL, 2, 0);
        for (int features : new int[] {FEATURES - 1, 2 * FEATURES, 3000}) {
            NDArray input = manager.ones(new Shape(2, FRAMES, features));
            assertThatThrownBy(() -> forward(lstm, input, 3, 3))
                    .isInstanceOf(TensorMismatchException.class)
                    .hasMessage(
                            "the input is of the shape (2, 10, "
                                    + features
                                    + "), but must be of (1 or more, 1 or more, 5) by (N,T,F) of"
                                    + " the block's initialisation");
        }
    }

    @Test
    void refusesInputsOfOtherTypesThanItsParameters() {
        PackedLSTM lstm = initialized(Direction.FORWARD, 1, 0);
        NDArray doubles = manager.ones(new Shape(2, 3, FEATURES), DataType.FLOAT64);
        assertThatThrownBy(() -> forward(lstm, doubles, 3, 3))
                .isInstanceOf(TensorMismatchException.class)
                .hasMessage(
                        "the input is float64, but must be float32, the type of the parameters");
        NDArray integers = manager.ones(new Shape(2, 3, FEATURES), DataType.INT64);
        assertThatThrownBy(() -> forward(lstm, integers, 3, 3))
                .hasMessage("the input is int64, but must be [float32, float64]");
    }

    @Test
    void refusesToBeInitialisedForAnUnknownNumberOfFeatures() {
        for (Shape shape : List.of(new Shape(2, 3), new Shape(2, 3, -1), new Shape(2, 3, 0))) {
            assertThatThrownBy(
                            () ->
                                    lstm(Direction.FORWARD, 1, 0)
                                            .initialize(manager, DataType.FLOAT32, shape))
                    .isInstanceOf(TensorMismatchException.class)
                    .hasMessageContaining(shape.toString());
        }
    }

    @Test
    void loadsNoParametersOfOtherSettings() throws Exception {
        byte[] file = saved(initialized(Direction.BIDIRECTIONAL, 1, 0));
        assertRefused(
                PackedLSTM.builder().setStateSize(8).build(),
                file,
                "the parameters are of another model: of 1 bidirectional layer of state size 7, but the block has 1"
                        + " bidirectional layer of state size 8");
        assertRefused(
                lstm(Direction.BIDIRECTIONAL, 2, 0), file, "the block has 2 bidirectional layers");
        assertRefused(lstm(Direction.FORWARD, 1, 0), file, "the block has 1 layer of state size");
        PackedLSTM ofOtherFeatures = lstm(Direction.BIDIRECTIONAL, 1, 0);
        ofOtherFeatures.initialize(manager, DataType.FLOAT32, new Shape(1, 1, 80));
        assertRefused(ofOtherFeatures, file, "5 features, but the block was initialised for 80");
    }

    @Test
    void loadsFilesThatDoNotTellTheirSettings() throws Exception {
        byte[] file = withoutSettings(saved(initialized(Direction.FORWARD, 1, 0)));
        PackedLSTM same = lstm(Direction.FORWARD, 1, 0);
        load(same, file);
        assertThat(array(same, "weight_ih_l0").getShape())
                .isEqualTo(new Shape(4 * STATE, FEATURES));
        for (int stateSize : new int[] {STATE - 1, STATE + 1, 3000}) {
            PackedLSTM other =
                    PackedLSTM.builder()
                            .setStateSize(stateSize)
                            .optDirection(Direction.FORWARD)
                            .build();
            assertRefused(
                    other,
                    file,
                    "weight_ih_l0 is of the shape (28, 5), but must be of ("
                            + 4 * stateSize
                            + ", 5) by 1 layer of state size "
                            + stateSize);
        }
    }

    private static byte[] saved(PackedLSTM lstm) throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        lstm.saveParameters(new DataOutputStream(file));
        return file.toByteArray();
    }

    /** Returns a file of version 1, which has no three integers after the version. */
    private static byte[] withoutSettings(byte[] file) {
        byte[] old = new byte[file.length - 3 * Integer.BYTES];
        old[0] = 1;
        System.arraycopy(file, 1 + 3 * Integer.BYTES, old, 1, old.length - 1);
        return old;
    }

    private void load(PackedLSTM lstm, byte[] file) throws Exception {
        lstm.loadParameters(manager, new DataInputStream(new ByteArrayInputStream(file)));
    }

    private void assertRefused(PackedLSTM lstm, byte[] file, String message) {
        assertThatThrownBy(() -> load(lstm, file))
                .isInstanceOf(MalformedModelException.class)
                .hasMessageContaining(message);
        NDArray input = manager.ones(new Shape(2, 3, FEATURES));
        assertThat(lstm.isInitialized()).isFalse();
        assertThatThrownBy(() -> forward(lstm, input, 3, 3)).isInstanceOf(RuntimeException.class);
    }

    private void useCpu() {
        manager.close();
        manager = NDManager.newBaseManager(Device.cpu());
    }

    private double tolerance(double onCpu) {
        return manager.getDevice().isGpu() ? TF32 : onCpu;
    }

    private PackedLSTM initialized(Direction direction, int layers, float dropout) {
        PackedLSTM lstm = lstm(direction, layers, dropout);
        lstm.initialize(manager, DataType.FLOAT32, shapes());
        return lstm;
    }

    private static PackedLSTM lstm(Direction direction, int layers, float dropout) {
        return builder(direction, layers, dropout).build();
    }

    private static PackedLSTM.Builder builder(Direction direction, int layers, float dropout) {
        return PackedLSTM.builder()
                .setStateSize(STATE)
                .optLayers(layers)
                .optDirection(direction)
                .optDropout(dropout);
    }

    private static Shape[] shapes() {
        return new Shape[] {new Shape(LENGTHS.length, FRAMES, FEATURES), new Shape(LENGTHS.length)};
    }

    private NDList forward(PackedLSTM lstm, NDArray input, long... lengths) {
        return lstm.forward(store(), new NDList(input, manager.create(lengths)), false);
    }

    private ParameterStore store() {
        return new ParameterStore(manager, false);
    }

    private static NDArray array(PackedLSTM lstm, String name) {
        return lstm.getParameters().get(name).getArray();
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }
}
