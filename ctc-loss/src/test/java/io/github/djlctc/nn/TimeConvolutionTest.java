package io.github.djlctc.nn;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;

import io.github.djlctc.engine.TensorMismatchException;
import io.github.djlctc.host.CountsArrays;
import io.github.djlctc.host.HostArrays;
import io.github.djlctc.testing.ArrayTest;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.DoubleBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class TimeConvolutionTest extends ArrayTest {

    private static final int FEATURES = 3;
    private static final int CHANNELS = 4;
    private static final int FRAMES = 9;
    private static final long[] LENGTHS = {9, 4, 1, 7};
    private static final Shape INPUT = new Shape(LENGTHS.length, FRAMES, FEATURES);

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 3", "5, 1", "5, 2", "5, 3", "3, 4", "3, 20"})
    void isTheConvolutionOfEachSequenceAlone(int kernel, int stride) {
        isTheConvolution(initialised(block(kernel, stride)), kernel, stride, kernel / 2);
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 0", "5, 1, 0", "5, 2, 4", "4, 1, 3", "4, 2, 0", "6, 3, 2", "3, 20, 2"})
    void seesAsManyFramesAheadAsItIsTold(int kernel, int stride, int lookahead) {
        TimeConvolution block = ahead(kernel, stride, lookahead);
        assertThat(block.lookahead()).isEqualTo(lookahead);
        isTheConvolution(initialised(block), kernel, stride, kernel - 1 - lookahead);
    }

    private static TimeConvolution ahead(int kernel, int stride, int lookahead) {
        return TimeConvolution.builder()
                .setChannels(CHANNELS)
                .optKernel(kernel)
                .optStride(stride)
                .optLookahead(lookahead)
                .build();
    }

    /** The definition: y[t][c] = bias[c] + sum over k, f of weight[c][f][k] x[s t + k - b][f]. */
    private void isTheConvolution(TimeConvolution block, int kernel, int stride, int lookback) {
        NDArray input = paddedWith(1e3);

        NDList output = forward(block, input, LENGTHS);

        double[] x = input.toDoubleArray();
        for (int n = 0; n < LENGTHS.length; n++) {
            int length = (int) LENGTHS[n];
            int frames = (length + stride - 1) / stride;
            assertThat(HostArrays.readLongs(output.get(1))[n]).isEqualTo(frames);
            double[] actual = output.head().get(new NDIndex("{}, :{}", n, frames)).toDoubleArray();
            for (int t = 0; t < frames; t++) {
                for (int c = 0; c < CHANNELS; c++) {
                    double expected = bias(block)[c];
                    for (int k = 0; k < kernel; k++) {
                        int frame = stride * t + k - lookback;
                        for (int f = 0; f < FEATURES && frame >= 0 && frame < length; f++) {
                            expected +=
                                    weight(block)[(c * FEATURES + f) * kernel + k]
                                            * x[(n * FRAMES + frame) * FEATURES + f];
                        }
                    }
                    assertThat(actual[t * CHANNELS + c]).isCloseTo(expected, within(1e-12));
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1", "2", "3", "7", "100"})
    void roundsTheNumberOfFramesUp(int stride) {
        TimeConvolution block = initialised(3, stride);
        for (int frames = 1; frames <= FRAMES; frames++) {
            Shape shape = new Shape(2, frames, FEATURES);
            NDList output = forward(block, manager.ones(shape, DataType.FLOAT64), frames, 1);

            long expected = (long) Math.ceil(frames / (double) stride);
            assertThat(block.outputFrames(frames)).isEqualTo((int) expected);
            assertThat(output.head().getShape()).isEqualTo(new Shape(2, expected, CHANNELS));
            assertThat(HostArrays.readLongs(output.get(1))).containsExactly(expected, 1);
            assertThat(block.getOutputShapes(new Shape[] {shape, new Shape(2)}))
                    .containsExactly(output.head().getShape(), new Shape(2));
        }
        assertThat(block.getOutputShapes(new Shape[] {new Shape(2, -1, FEATURES)}))
                .containsExactly(new Shape(2, -1, CHANNELS));
    }

    @Test
    void withoutLengthsAllFramesCount() {
        TimeConvolution block = initialised(5, 2);
        NDArray input = manager.randomNormal(INPUT, DataType.FLOAT64);

        NDList alone = block.forward(store(), new NDList(input), false);

        assertThat(alone).hasSize(1);
        NDList withLengths = forward(block, input, FRAMES, FRAMES, FRAMES, FRAMES);
        assertThat(alone.head()).isEqualTo(withLengths.head());
    }

    @Test
    void passesFurtherArraysOnAndLeavesTheInputAsItWas() {
        NDArray further = manager.ones(new Shape(2));
        NDArray input = paddedWith(5);
        NDList inputs = new NDList(input, manager.create(LENGTHS), further);

        NDList output = initialised(5, 2).forward(store(), inputs, false);

        assertThat(output).hasSize(3);
        assertThat(output.get(2)).isSameAs(further);
        assertThat(inputs).hasSize(3);
        assertThat(input).isEqualTo(paddedWith(5));
    }

    @Test
    void lengthsStayOnTheCpu() {
        NDList output = forward(initialised(5, 2), paddedWith(0), LENGTHS);
        assertThat(output.get(1).getDevice()).isEqualTo(Device.cpu());
        assertThat(output.get(1).getDataType()).isEqualTo(DataType.INT64);
    }

    @Test
    void gradientsAreThoseOfTheDifferenceQuotient() {
        TimeConvolution block = initialised(5, 2);
        NDArray input = paddedWith(1);
        input.setRequiresGradient(true);
        NDArray weights = manager.randomNormal(new Shape(4, 5, CHANNELS), DataType.FLOAT64);
        try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            collector.backward(sum(block, input, weights, true));
        }

        List<NDArray> arrays = new ArrayList<>(List.of(input));
        for (Parameter parameter : block.getParameters().values()) {
            arrays.add(parameter.getArray());
        }
        assertThat(arrays).hasSize(3);
        for (NDArray array : arrays) {
            double[] gradient = array.getGradient().toDoubleArray();
            array.setRequiresGradient(false);
            double[] numeric = numericGradient(block, input, weights, array);
            assertThat(gradient).containsExactly(numeric, within(1e-6));
        }
    }

    /** Sums what is within the lengths, weighted. */
    private NDArray sum(TimeConvolution block, NDArray input, NDArray weights, boolean training) {
        NDList inputs = new NDList(input, manager.create(LENGTHS));
        NDList output = block.forward(store(), inputs, training);
        NDArray total = manager.create(0.0);
        long[] lengths = HostArrays.readLongs(output.get(1));
        for (int n = 0; n < lengths.length; n++) {
            NDIndex valid = new NDIndex("{}, :{}", n, lengths[n]);
            total = total.add(output.head().get(valid).mul(weights.get(valid)).sum());
        }
        return total;
    }

    private double[] numericGradient(
            TimeConvolution block, NDArray input, NDArray weights, NDArray array) {
        double step = 1e-4;
        double[] values = array.toDoubleArray();
        double[] gradient = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            double value = values[i];
            for (int side = -1; side <= 1; side += 2) {
                values[i] = value + side * step;
                array.set(DoubleBuffer.wrap(values));
                gradient[i] += side * sum(block, input, weights, false).getDouble() / (2 * step);
            }
            values[i] = value;
        }
        array.set(DoubleBuffer.wrap(values));
        return gradient;
    }

    @Test
    void paddingGetsNoGradient() {
        TimeConvolution block = initialised(5, 2);
        NDArray input = paddedWith(1);
        input.setRequiresGradient(true);
        try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            NDList inputs = new NDList(input, manager.create(LENGTHS));
            collector.backward(block.forward(store(), inputs, true).head().sum());
        }
        for (int n = 0; n < LENGTHS.length; n++) {
            NDArray gradient = input.getGradient().get(n).abs().sum(new int[] {1});
            for (int t = 0; t < FRAMES; t++) {
                assertThat(gradient.getDouble(t) == 0).isEqualTo(t >= LENGTHS[n]);
            }
        }
    }

    @Test
    void savesAndLoads(@TempDir Path folder) throws Exception {
        NDArray input = paddedWith(0);
        NDArray before;
        try (Model model = Model.newInstance("convolution")) {
            TimeConvolution block = initialised(5, 2);
            model.setBlock(block);
            before = forward(block, input, LENGTHS).head();
            model.save(folder, "convolution");
        }
        try (Model model = Model.newInstance("convolution")) {
            TimeConvolution block = block(5, 2);
            model.setBlock(block);
            model.load(folder, "convolution");
            assertThat(forward(block, input, LENGTHS).head()).isEqualTo(before);
        }
        for (TimeConvolution other : List.of(block(5, 3), block(3, 2), ahead(5, 2, 1))) {
            try (Model model = Model.newInstance("convolution")) {
                model.setBlock(other);
                assertThatThrownBy(() -> model.load(folder, "convolution"))
                        .isInstanceOf(MalformedModelException.class)
                        .hasMessageContaining(
                                "of 4 channels, a kernel of 5 frames and a stride of 2, but the"
                                        + " block has 4 channels, a kernel of");
            }
        }
    }

    /** Those of version 1, whose kernels are centred. */
    @Test
    void loadsFilesThatDoNotTellTheLookahead() throws Exception {
        TimeConvolution block = initialised(5, 2);
        ByteArrayOutputStream saved = new ByteArrayOutputStream();
        block.saveParameters(new DataOutputStream(saved));
        byte[] old = withoutLookahead(saved.toByteArray());

        TimeConvolution loaded = block(5, 2);
        loaded.loadParameters(manager, new DataInputStream(new ByteArrayInputStream(old)));

        assertThat(forward(loaded, paddedWith(0), LENGTHS).head())
                .isEqualTo(forward(block, paddedWith(0), LENGTHS).head());
        DataInputStream again = new DataInputStream(new ByteArrayInputStream(old));
        assertThatThrownBy(() -> ahead(5, 2, 0).loadParameters(manager, again))
                .isInstanceOf(MalformedModelException.class)
                .hasMessageContaining("but the block has 4 channels, a kernel of 5 frames, 0 of");
    }

    /** Takes the last of the four settings out, which follow the version. */
    private static byte[] withoutLookahead(byte[] file) {
        byte[] old = new byte[file.length - Integer.BYTES];
        old[0] = 1;
        System.arraycopy(file, 1, old, 1, 3 * Integer.BYTES);
        int rest = 1 + 3 * Integer.BYTES;
        System.arraycopy(file, rest + Integer.BYTES, old, rest, old.length - rest);
        return old;
    }

    @Test
    void loadsNoParametersForOtherFeatures(@TempDir Path folder) throws Exception {
        try (Model model = Model.newInstance("convolution")) {
            model.setBlock(initialised(5, 2));
            model.save(folder, "convolution");
        }
        try (Model model = Model.newInstance("convolution")) {
            TimeConvolution block = block(5, 2);
            block.initialize(manager, DataType.FLOAT64, new Shape(1, 9, 80));
            model.setBlock(block);
            assertThatThrownBy(() -> model.load(folder, "convolution"))
                    .isInstanceOf(MalformedModelException.class)
                    .hasMessageContaining(
                            "they read 3 features, but the block was initialised for 80");
            assertThat(block.isInitialized()).isFalse();
        }
    }

    @Test
    void hasNoParametersAfterAFileThatBreaksOff() throws Exception {
        TimeConvolution block = initialised(5, 2);
        ByteArrayOutputStream saved = new ByteArrayOutputStream();
        block.saveParameters(new DataOutputStream(saved));
        byte[] cut = Arrays.copyOf(saved.toByteArray(), saved.size() - 1);

        DataInputStream in = new DataInputStream(new ByteArrayInputStream(cut));
        assertThatThrownBy(() -> block.loadParameters(manager, in)).isInstanceOf(IOException.class);
        assertThat(block.isInitialized()).isFalse();
    }

    @CountsArrays
    void leavesNoArrayBehind() {
        TimeConvolution block = initialised(5, 2);
        NDList inputs = new NDList(paddedWith(0), manager.create(LENGTHS));
        ParameterStore store = store();
        block.forward(store, inputs, true).close();
        int before = manager.getManagedArrays().size();
        for (int i = 0; i < 20; i++) {
            block.forward(store, inputs, i % 2 == 0).close();
        }
        assertThat(manager.getManagedArrays()).hasSize(before);
    }

    @Test
    void namesTheSampleWithAWrongLength() {
        TimeConvolution block = initialised(5, 2);
        for (long wrong : new long[] {0, 10, -1, Long.MAX_VALUE}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> forward(block, paddedWith(0), 1, 1, wrong, 1))
                    .withMessage(
                            "sample 2: length %d, but the input has 9 frames; 1 to 9 expected",
                            wrong);
        }
        assertThatThrownBy(() -> forward(block, paddedWith(0), 1))
                .isInstanceOf(TensorMismatchException.class)
                .hasMessageContaining("is of the shape (1), but must be of (4)");
    }

    @Test
    void refusesInputsOfAnotherForm() {
        TimeConvolution block = initialised(5, 2);
        assertThatThrownBy(
                        () ->
                                forward(
                                        block,
                                        manager.ones(new Shape(4, 9, 2), DataType.FLOAT64),
                                        LENGTHS))
                .isInstanceOf(TensorMismatchException.class)
                .hasMessage(
                        "the input is of the shape (4, 9, 2), but must be of (1 or more, 1 or"
                                + " more, 3) by (N,T,F) of the block's initialisation");
        assertThatThrownBy(() -> forward(block, manager.ones(INPUT), LENGTHS))
                .isInstanceOf(TensorMismatchException.class)
                .hasMessage(
                        "the input is float32, but must be float64, the type of the parameters");
        assertThatThrownBy(() -> forward(block, manager.ones(INPUT, DataType.INT64), LENGTHS))
                .isInstanceOf(TensorMismatchException.class)
                .hasMessage("the input is int64, but must be [float32, float64]");
        for (Shape shape : List.of(new Shape(2, 3), new Shape(2, 3, -1), new Shape(2, 3, 0))) {
            assertThatThrownBy(() -> block(5, 2).initialize(manager, DataType.FLOAT32, shape))
                    .isInstanceOf(TensorMismatchException.class)
                    .hasMessageContaining(shape + ", but must be (N,T,F)");
        }
    }

    @Test
    void checksItsSettings() {
        for (TimeConvolution.Builder wrong :
                List.of(
                        TimeConvolution.builder(),
                        TimeConvolution.builder().setChannels(1).optStride(0),
                        TimeConvolution.builder().setChannels(1).optKernel(4),
                        TimeConvolution.builder().setChannels(1).optKernel(-1))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(wrong::build)
                    .withMessageContaining("must be 1 or more, kernel");
        }
        for (int lookahead : new int[] {-1, 4}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> ahead(4, 1, lookahead))
                    .withMessage(
                            "a lookahead of %d frames, but the kernel has 4: 0 to 3 expected",
                            lookahead);
        }
    }

    private static TimeConvolution block(int kernel, int stride) {
        return TimeConvolution.builder()
                .setChannels(CHANNELS)
                .optKernel(kernel)
                .optStride(stride)
                .build();
    }

    private TimeConvolution initialised(int kernel, int stride) {
        return initialised(block(kernel, stride));
    }

    private TimeConvolution initialised(TimeConvolution block) {
        block.initialize(manager, DataType.FLOAT64, INPUT, new Shape(LENGTHS.length));
        NDArray bias = block.convolution().getParameters().get("bias").getArray();
        bias.setRequiresGradient(false);
        bias.set(DoubleBuffer.wrap(new double[] {0.5, -1, 2, 0}));
        bias.setRequiresGradient(true);
        return block;
    }

    private static double[] weight(TimeConvolution block) {
        return block.convolution().getParameters().get("weight").getArray().toDoubleArray();
    }

    private static double[] bias(TimeConvolution block) {
        return block.convolution().getParameters().get("bias").getArray().toDoubleArray();
    }

    /** Returns the same noise each time, with a value in all frames beyond the lengths. */
    private NDArray paddedWith(double value) {
        Engine.getInstance().setRandomSeed(3);
        NDArray input = manager.randomNormal(INPUT, DataType.FLOAT64);
        for (int n = 0; n < LENGTHS.length; n++) {
            if (LENGTHS[n] < FRAMES) {
                input.set(new NDIndex("{}, {}:", n, LENGTHS[n]), value);
            }
        }
        return input;
    }

    private NDList forward(TimeConvolution block, NDArray input, long... lengths) {
        return block.forward(store(), new NDList(input, manager.create(lengths)), false);
    }

    private ParameterStore store() {
        return new ParameterStore(manager, false);
    }
}
