package io.github.djlctc.nn;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;

import io.github.djlctc.engine.TensorMismatchException;
import io.github.djlctc.host.CountsArrays;
import io.github.djlctc.host.HostArrays;
import io.github.djlctc.testing.ArrayTest;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

class IntermediateHeadTest extends ArrayTest {

    private static final int STATES = 3;
    private static final int CLASSES = 4;
    private static final int FRAMES = 6;
    private static final long[] LENGTHS = {6, 2, 1};
    private static final Shape INPUT = new Shape(LENGTHS.length, FRAMES, STATES);
    private static final Shape LOGITS = new Shape(LENGTHS.length, FRAMES, CLASSES);

    @Test
    void tapsALayerInTrainingAndIsNotThereOtherwise() {
        IntermediateHead head = initialised(plain());
        NDList inputs = inputs(0);
        NDArray further = manager.ones(new Shape(7));
        inputs.add(further);

        NDList output = head.forward(store(), inputs, true);

        assertThat(output.subList(0, 3)).isEqualTo(inputs);
        assertThat(output.head()).isSameAs(inputs.head());
        assertThat(output).hasSize(4);
        double[][] x = rows(inputs.head(), STATES);
        double[][] logits = rows(output.get(3), CLASSES);
        for (int row = 0; row < x.length; row++) {
            assertThat(logits[row]).containsExactly(logits(head, x[row]), within(1e-12));
        }
        NDList outside = head.forward(store(), inputs, false);
        assertThat(outside).hasSize(3).isEqualTo(inputs);
        assertThat(outside.head()).isSameAs(inputs.head());
        assertThat(head.getParameters().keys()).containsExactly("weight", "bias");
        assertThat(head.getOutputShapes(inputs.getShapes())).isEqualTo(outside.getShapes());
    }

    /** The formula, in Java: x' = x + V softmax(W x + b) + c within the lengths. */
    @Test
    void tellsTheNextLayerWhatItPredicts() {
        IntermediateHead head = initialised(selfConditioned());
        NDList inputs = inputs(0);
        double[][] x = rows(inputs.head(), STATES);
        double[][] conditioning = rows(array(head, "conditioning_weight"), CLASSES);
        double[] shift = array(head, "conditioning_bias").toDoubleArray();
        double[][] expected = new double[x.length][];
        double[][] expectedLogits = new double[x.length][];
        for (int row = 0; row < x.length; row++) {
            expectedLogits[row] = logits(head, x[row]);
            expected[row] = x[row].clone();
            double[] posteriors = softmax(expectedLogits[row]);
            if (row % FRAMES < LENGTHS[row / FRAMES]) {
                for (int d = 0; d < STATES; d++) {
                    expected[row][d] += shift[d];
                    for (int c = 0; c < CLASSES; c++) {
                        expected[row][d] += conditioning[d][c] * posteriors[c];
                    }
                }
            }
        }

        for (boolean training : new boolean[] {true, false}) {
            NDList output = head.forward(store(), inputs, training);
            double[][] actual = rows(output.head(), STATES);
            for (int row = 0; row < x.length; row++) {
                assertThat(actual[row]).containsExactly(expected[row], within(1e-12));
            }
            assertThat(output).hasSize(training ? 3 : 2);
            assertThat(output.get(1)).isSameAs(inputs.get(1));
            if (training) {
                double[][] logits = rows(output.get(2), CLASSES);
                for (int row = 0; row < x.length; row++) {
                    assertThat(logits[row]).containsExactly(expectedLogits[row], within(1e-12));
                }
            }
        }
        assertThat(rows(inputs.head(), STATES)).isDeepEqualTo(x);
    }

    @Test
    void withoutLengthsAllFramesCount() {
        IntermediateHead head = initialised(selfConditioned());
        NDArray input = inputs(0).head();

        NDList alone = head.forward(store(), new NDList(input), false);

        NDList full = new NDList(input, manager.create(new long[] {FRAMES, FRAMES, FRAMES}));
        assertThat(alone).hasSize(1);
        assertThat(alone.head()).isEqualTo(head.forward(store(), full, false).head());
        assertThatThrownBy(() -> head.forward(store(), new NDList(input), true))
                .isInstanceOf(TensorMismatchException.class)
                .hasMessageContaining("needs [x (N,T,D), lengths (N)] in training")
                .hasMessageContaining("would take them for lengths");
    }

    @Test
    void gradientsAreThoseOfTheDifferenceQuotient() {
        IntermediateHead head = initialised(selfConditioned());
        NDList inputs = inputs(0);
        NDArray stateWeights = manager.randomNormal(INPUT, DataType.FLOAT64);
        NDArray logitWeights = manager.randomNormal(LOGITS, DataType.FLOAT64);
        inputs.head().setRequiresGradient(true);
        try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            collector.backward(sum(head, inputs, stateWeights, logitWeights));
        }
        List<NDArray> arrays = new ArrayList<>(List.of(inputs.head()));
        for (Parameter parameter : head.getParameters().values()) {
            arrays.add(parameter.getArray());
        }
        assertThat(arrays).hasSize(5);
        for (NDArray array : arrays) {
            double[] gradient = array.getGradient().toDoubleArray();
            array.setRequiresGradient(false);
            double[] values = array.toDoubleArray();
            for (int i = 0; i < values.length; i++) {
                double value = values[i];
                double step = 1e-5;
                double[] sides = new double[2];
                for (int side = 0; side < 2; side++) {
                    values[i] = value + (side == 0 ? step : -step);
                    array.set(DoubleBuffer.wrap(values));
                    sides[side] = sum(head, inputs, stateWeights, logitWeights).getDouble();
                }
                values[i] = value;
                array.set(DoubleBuffer.wrap(values));
                double slope = (sides[0] - sides[1]) / (2 * step);
                assertThat(gradient[i]).isCloseTo(slope, within(1e-7));
            }
        }
    }

    private NDArray sum(
            IntermediateHead head, NDList inputs, NDArray stateWeights, NDArray logitWeights) {
        NDList output = head.forward(store(), inputs, true);
        return output.head().mul(stateWeights).sum().add(output.get(2).mul(logitWeights).sum());
    }

    /** What a user builds: heads between the layers of a sequential block. */
    private static SequentialBlock encoder() {
        return new SequentialBlock()
                .add(TimeConvolution.builder().setChannels(5).optStride(2).build())
                .add(PackedLSTM.builder().setStateSize(4).build())
                .add(selfConditioned())
                .add(PackedLSTM.builder().setStateSize(3).build())
                .add(selfConditioned())
                .add(PackedLSTM.builder().setStateSize(3).build())
                .add(FramewiseBlock.of(Linear.builder().setUnits(CLASSES).build()));
    }

    @Test
    void anUtteranceGivesTheSameLogitsAloneAndInABatch() {
        Block encoder = encoder();
        encoder.initialize(manager, DataType.FLOAT64, INPUT, new Shape(LENGTHS.length));
        NDArray input = inputs(0).head();
        for (double padding : new double[] {0, 1e3}) {
            NDList together = encoder.forward(store(), inputs(padding), true);
            assertThat(together.getShapes())
                    .containsExactly(
                            new Shape(3, 3, CLASSES),
                            new Shape(3),
                            new Shape(3, 3, CLASSES),
                            new Shape(3, 3, CLASSES));
            for (int n = 0; n < LENGTHS.length; n++) {
                long frames = (LENGTHS[n] + 1) / 2;
                NDArray sample = input.get(new NDIndex("{}:{}, :{}", n, n + 1, LENGTHS[n]));
                NDList inputs = new NDList(sample, manager.create(new long[] {LENGTHS[n]}));
                NDList alone = encoder.forward(store(), inputs, true);
                for (int i : new int[] {0, 2, 3}) {
                    assertThat(together.get(i).get(new NDIndex("{}, :{}", n, frames)))
                            .matches(part -> part.allClose(alone.get(i).get(0), 1e-9, 1e-9, false));
                }
            }
        }
    }

    @Test
    void outsideTrainingAModelGivesLogitsAndLengthsAlone() {
        Block encoder = encoder();
        encoder.initialize(manager, DataType.FLOAT64, INPUT, new Shape(LENGTHS.length));

        NDList output = encoder.forward(store(), inputs(0), false);

        NDList trained = encoder.forward(store(), inputs(0), true);
        assertThat(output).hasSize(2);
        assertThat(output.head()).isEqualTo(trained.head());
        assertThat(HostArrays.readLongs(output.get(1))).containsExactly(3, 1, 1);
        assertThat(encoder.getOutputShapes(inputs(0).getShapes())).isEqualTo(output.getShapes());
    }

    @Test
    void streamsAsOtherBlocksThatTreatFramesAlone() {
        for (IntermediateHead head : List.of(plain(), selfConditioned())) {
            Block block =
                    new SequentialBlock()
                            .add(ChunkedLSTM.builder().setChunk(2).setStateSize(3).build())
                            .add(head)
                            .add(TimeConvolution.builder().setChannels(2).build());
            block.initialize(manager, DataType.FLOAT64, INPUT, new Shape(LENGTHS.length));
            assertThat(FrameStream.lookahead(block)).isEqualTo(1 + 2);
            NDArray input = inputs(0).head();
            NDArray whole = block.forward(store(), new NDList(input), false).head();

            List<NDArray> parts = new ArrayList<>();
            try (FrameStream stream = FrameStream.open(block, manager)) {
                stream.accept(input.get(":, :1")).ifPresent(parts::add);
                stream.accept(input.get(":, 1:5")).ifPresent(parts::add);
                stream.accept(input.get(":, 5:")).ifPresent(parts::add);
                stream.finish().ifPresent(parts::add);
            }

            NDArray streamed = parts.stream().reduce((a, b) -> a.concat(b, 1)).orElseThrow();
            assertThat(streamed.allClose(whole, 1e-9, 1e-9, false)).isTrue();
        }
    }

    @Test
    void savesAndLoads(@TempDir Path folder) throws Exception {
        NDList before;
        try (Model model = Model.newInstance("encoder")) {
            Block encoder = encoder();
            encoder.initialize(manager, DataType.FLOAT64, INPUT, new Shape(LENGTHS.length));
            model.setBlock(encoder);
            before = encoder.forward(store(), inputs(0), true);
            model.save(folder, "encoder");
        }
        try (Model model = Model.newInstance("encoder")) {
            Block encoder = encoder();
            model.setBlock(encoder);
            model.load(folder, "encoder");
            NDList after = encoder.forward(store(), inputs(0), true);
            assertThat(after).hasSize(4).isEqualTo(before);
        }
    }

    @Test
    void refusesTheParametersOfAnotherHead() throws IOException {
        byte[] saved = saved(initialised(plain()));
        assertRefuses(
                saved,
                selfConditioned(),
                "of a head of 4 classes without self-conditioning, but the block has a head of 4"
                        + " classes with self-conditioning");
        assertRefuses(
                saved,
                IntermediateHead.builder().setClasses(5).build(),
                "the block has a head of 5");
        IntermediateHead wider = plain();
        wider.initialize(manager, DataType.FLOAT64, new Shape(1, 1, STATES + 1), new Shape(1));
        assertRefuses(saved, wider, "they read 3 features, but the block was initialised for 4");
    }

    private void assertRefuses(byte[] saved, IntermediateHead head, String message) {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(saved));
        assertThatThrownBy(() -> head.loadParameters(manager, in))
                .isInstanceOf(MalformedModelException.class)
                .hasMessageContaining(message);
        assertThat(head.isInitialized()).isFalse();
    }

    @Test
    void hasNoParametersAfterAFileThatBreaksOff() throws IOException {
        IntermediateHead head = initialised(selfConditioned());
        byte[] saved = saved(head);
        byte[] cut = Arrays.copyOf(saved, saved.length - 1);
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(cut));
        assertThatThrownBy(() -> head.loadParameters(manager, in)).isInstanceOf(IOException.class);
        assertThat(head.isInitialized()).isFalse();
    }

    private static byte[] saved(IntermediateHead head) throws IOException {
        ByteArrayOutputStream saved = new ByteArrayOutputStream();
        head.saveParameters(new DataOutputStream(saved));
        return saved.toByteArray();
    }

    @CountsArrays
    void leavesNoArrayBehind() {
        IntermediateHead head = initialised(selfConditioned());
        NDList inputs = inputs(0);
        ParameterStore store = store();
        release(head.forward(store, inputs, true), true);
        int before = manager.getManagedArrays().size();
        for (int i = 0; i < 20; i++) {
            release(head.forward(store, inputs, i % 2 == 0), i % 2 == 0);
        }
        assertThat(manager.getManagedArrays()).hasSize(before);
    }

    private static void release(NDList output, boolean training) {
        output.head().close();
        if (training) {
            output.get(2).close();
        }
    }

    @Test
    void refusesInputsOfAnotherForm() {
        IntermediateHead head = initialised(plain());
        NDArray lengths = manager.create(LENGTHS);
        NDList wide = new NDList(manager.ones(new Shape(3, 6, 4), DataType.FLOAT64), lengths);
        assertThatThrownBy(() -> head.forward(store(), wide, true))
                .isInstanceOf(TensorMismatchException.class)
                .hasMessageContaining("is of the shape (3, 6, 4)")
                .hasMessageContaining("(N,T,F) of the block's initialisation");
        NDList single = new NDList(manager.ones(INPUT), lengths);
        assertThatThrownBy(() -> head.forward(store(), single, true))
                .isInstanceOf(TensorMismatchException.class)
                .hasMessageContaining("float32, but must be float64");
        NDList longer = new NDList(inputs(0).head(), manager.create(new long[] {6, 7, 1}));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> head.forward(store(), longer, true))
                .withMessage("sample 1: length 7, but the input has 6 frames; 1 to 6 expected");
    }

    @Test
    void checksItsSettings() {
        for (int classes : new int[] {-1, 0, 1}) {
            IntermediateHead.Builder builder = IntermediateHead.builder().setClasses(classes);
            assertThatIllegalArgumentException()
                    .isThrownBy(builder::build)
                    .withMessageContaining("of " + classes + " classes: 2 or more expected");
        }
    }

    private static IntermediateHead plain() {
        return IntermediateHead.builder().setClasses(CLASSES).build();
    }

    private static IntermediateHead selfConditioned() {
        return IntermediateHead.builder().setClasses(CLASSES).optSelfConditioning().build();
    }

    /** Biases are not zero, as they are at the start of training. */
    private IntermediateHead initialised(IntermediateHead head) {
        head.initialize(manager, DataType.FLOAT64, INPUT, new Shape(LENGTHS.length));
        for (Parameter parameter : head.getParameters().values()) {
            NDArray array = parameter.getArray();
            array.setRequiresGradient(false);
            double[] values =
                    manager.randomNormal(array.getShape())
                            .toType(DataType.FLOAT64, false)
                            .toDoubleArray();
            array.set(DoubleBuffer.wrap(values));
            array.setRequiresGradient(true);
        }
        return head;
    }

    /** The same noise each time, with a value in all frames beyond the lengths. */
    private NDList inputs(double padding) {
        Engine.getInstance().setRandomSeed(3);
        NDArray states = manager.randomNormal(INPUT, DataType.FLOAT64);
        for (int n = 0; n < LENGTHS.length; n++) {
            if (LENGTHS[n] < FRAMES) {
                states.set(new NDIndex("{}, {}:", n, LENGTHS[n]), padding);
            }
        }
        return new NDList(states, manager.create(LENGTHS));
    }

    private static double[] logits(IntermediateHead head, double[] x) {
        double[][] weight = rows(array(head, "weight"), STATES);
        double[] logits = array(head, "bias").toDoubleArray();
        for (int c = 0; c < CLASSES; c++) {
            for (int d = 0; d < STATES; d++) {
                logits[c] += weight[c][d] * x[d];
            }
        }
        return logits;
    }

    private static double[] softmax(double[] logits) {
        double sum = Arrays.stream(logits).map(Math::exp).sum();
        return Arrays.stream(logits).map(logit -> Math.exp(logit) / sum).toArray();
    }

    private static double[][] rows(NDArray array, int width) {
        double[] values = array.toDoubleArray();
        double[][] rows = new double[values.length / width][];
        for (int row = 0; row < rows.length; row++) {
            rows[row] = Arrays.copyOfRange(values, row * width, (row + 1) * width);
        }
        return rows;
    }

    private static NDArray array(IntermediateHead head, String name) {
        return head.getParameters().get(name).getArray();
    }

    private ParameterStore store() {
        return new ParameterStore(manager, false);
    }
}
