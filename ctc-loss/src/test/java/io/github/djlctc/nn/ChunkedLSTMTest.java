package io.github.djlctc.nn;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import ai.djl.util.Pair;

import io.github.djlctc.engine.TensorMismatchException;
import io.github.djlctc.host.HostArrays;
import io.github.djlctc.host.Reading;
import io.github.djlctc.testing.ArrayTest;
import io.github.djlctc.testing.RelativeDifference;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

/** FrameStreamPropertyTest has the block as frames come. */
class ChunkedLSTMTest extends ArrayTest {

    private static final int FEATURES = 5;
    private static final int STATE = 7;
    private static final int FRAMES = 11;

    /** Within a chunk of 4, at its end, at the end of another, and all frames. */
    private static final long[] LENGTHS = {1, 4, 8, 11, 6};

    private static final double ROUNDING = 1e-12;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 10, 11, 12, 1000})
    void equalsItsDirectionsRunChunkByChunk(int chunk) {
        ChunkedLSTM block = initialised(chunk, 2);
        NDArray states = forward(block, input(), false);

        for (int n = 0; n < LENGTHS.length; n++) {
            NDArray alone = input().get(new NDIndex("{}:{},:{}", n, n + 1, LENGTHS[n]));
            NDArray valid = states.get(new NDIndex("{}:{},:{}", n, n + 1, LENGTHS[n]));
            assertThat(RelativeDifference.of(valid, byHand(block, alone))).isLessThan(ROUNDING);
            if (LENGTHS[n] < FRAMES) {
                NDArray beyond = states.get(new NDIndex("{},{}:", n, LENGTHS[n]));
                assertThat(beyond.abs().max().getDouble()).isZero();
            }
        }
    }

    /** Runs layers on one sequence (1,T,F), the backward direction on a chunk at a time. */
    private NDArray byHand(ChunkedLSTM block, NDArray sequence) {
        NDArray states = sequence;
        for (int layer = 0; layer < block.layers(); layer++) {
            NDArray ahead = run(block.forward(layer), states);
            NDList chunks = new NDList();
            for (long from = 0; from < states.getShape().get(1); from += block.chunk()) {
                long to = Math.min(from + block.chunk(), states.getShape().get(1));
                NDArray reversed = states.get(new NDIndex(":,{}:{}", from, to)).flip(1);
                chunks.add(run(block.backward(layer), reversed).flip(1));
            }
            states = ahead.concat(NDArrays.concat(chunks, 1), 2);
        }
        return states;
    }

    private NDArray run(PackedLSTM lstm, NDArray sequence) {
        return lstm.forward(store(), new NDList(sequence), true).head();
    }

    @Test
    void theGradientsAreTheSlopes() {
        ChunkedLSTM block = initialised(4, 2);
        NDArray weight =
                manager.randomNormal(
                        new Shape(LENGTHS.length, FRAMES, 2 * STATE), DataType.FLOAT64);
        NDArray input = input();
        List<NDArray> gradients =
                gradients(block, input, () -> forward(block, input, true).mul(weight).sum());
        List<NDArray> arrays = new ArrayList<>(List.of(input));
        block.getParameters().values().forEach(parameter -> arrays.add(parameter.getArray()));

        for (int i = 0; i < arrays.size(); i++) {
            NDArray direction = manager.randomNormal(arrays.get(i).getShape(), DataType.FLOAT64);
            double slope = gradients.get(i).mul(direction).sum().getDouble();
            double rise =
                    rise(
                            arrays.get(i),
                            direction,
                            () -> forward(block, input, false).mul(weight).sum());
            assertThat(slope).as("array %d", i).isNotZero().isCloseTo(rise, withinPercentage(1e-3));
        }
    }

    /** Returns the central difference quotient of a value as an array goes in a direction. */
    private static double rise(NDArray array, NDArray direction, Supplier<NDArray> value) {
        double step = 1e-5;
        NDArray before = array.duplicate();
        set(array, before.add(direction.mul(step)));
        double above = value.get().getDouble();
        set(array, before.sub(direction.mul(step)));
        double below = value.get().getDouble();
        set(array, before);
        return (above - below) / (2 * step);
    }

    private static void set(NDArray array, NDArray values) {
        array.setRequiresGradient(false);
        values.copyTo(array);
        array.setRequiresGradient(true);
    }

    /** Returns the gradients of the input and of all parameters. */
    private static List<NDArray> gradients(
            ChunkedLSTM block, NDArray input, Supplier<NDArray> loss) {
        input.setRequiresGradient(true);
        List<NDArray> gradients = new ArrayList<>();
        try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            collector.backward(loss.get());
        }
        gradients.add(input.getGradient().duplicate());
        for (Parameter parameter : block.getParameters().values()) {
            gradients.add(parameter.getArray().getGradient().duplicate());
        }
        return gradients;
    }

    @Test
    void isBidirectionalWithinOneChunk() {
        ChunkedLSTM block = initialised(FRAMES, 1);
        PackedLSTM both = PackedLSTM.builder().setStateSize(STATE).build();
        both.initialize(manager, DataType.FLOAT64, shapes());
        for (Pair<String, Parameter> pair : both.getParameters()) {
            String name = pair.getKey();
            PackedLSTM direction = name.endsWith("_reverse") ? block.backward(0) : block.forward(0);
            Parameter own = direction.getParameters().get(name.replace("_reverse", ""));
            set(pair.getValue().getArray(), own.getArray());
        }
        NDList inputs = new NDList(input(), manager.create(LENGTHS));

        NDArray expected = both.forward(store(), inputs, false).head();

        assertThat(RelativeDifference.of(forward(block, inputs.head(), false), expected))
                .isLessThan(ROUNDING);
    }

    @Test
    void whatPaddingHoldsHasNoInfluence() {
        ChunkedLSTM block = initialised(4, 2);
        NDArray broken = input();
        for (int n = 0; n < LENGTHS.length; n++) {
            if (LENGTHS[n] < FRAMES) {
                broken.set(new NDIndex("{},{}:", n, LENGTHS[n]), Double.NaN);
            }
        }
        NDArray expected = forward(block, input(), false);

        assertThat(RelativeDifference.of(forward(block, broken, false), expected))
                .isLessThan(ROUNDING);
        List<NDArray> gradients =
                gradients(block, broken, () -> forward(block, broken, true).sum());
        for (NDArray gradient : gradients) {
            assertThat(HostArrays.readDoubles(gradient)).doesNotContain(Double.NaN);
        }
        for (int n = 0; n < LENGTHS.length; n++) {
            if (LENGTHS[n] < FRAMES) {
                NDArray beyond = gradients.get(0).get(new NDIndex("{},{}:", n, LENGTHS[n]));
                assertThat(beyond.abs().max().getDouble()).isZero();
            }
        }
    }

    @Test
    void aStateDependsOnNoLaterChunk() {
        ChunkedLSTM block = initialised(4, 2);
        NDArray other = input();
        other.set(new NDIndex(":,8:"), 100);

        NDArray before = forward(block, input(), false);
        NDArray after = forward(block, other, false);

        assertThat(after.get(":,:8").allClose(before.get(":,:8"), ROUNDING, ROUNDING, false))
                .isTrue();
        assertThat(after.get("3,8:").allClose(before.get("3,8:"), 1e-2, 1e-2, false)).isFalse();
    }

    @Test
    void takesAllFramesWithoutLengthsAndPassesLengthsOn() {
        ChunkedLSTM block = initialised(4, 2);
        long[] all = {FRAMES, FRAMES, FRAMES, FRAMES, FRAMES};
        NDList without = block.forward(store(), new NDList(input()), false);
        NDList with = block.forward(store(), new NDList(input(), manager.create(all)), false);

        assertThat(without).hasSize(1);
        assertThat(HostArrays.readLongs(with.get(1))).isEqualTo(all);
        assertThat(RelativeDifference.of(with.head(), without.head())).isLessThan(ROUNDING);
        assertThat(block.getOutputShapes(shapes())[0]).isEqualTo(with.head().getShape());
    }

    @Test
    void dropoutActsBetweenLayersInTrainingOnly() {
        for (int layers : new int[] {1, 2}) {
            ChunkedLSTM block =
                    initialised(
                            ChunkedLSTM.builder()
                                    .setChunk(4)
                                    .setStateSize(STATE)
                                    .optLayers(layers)
                                    .optDropout(0.5f)
                                    .build());
            NDArray first = forward(block, input(), false);
            assertThat(RelativeDifference.of(forward(block, input(), false), first))
                    .isLessThan(ROUNDING);
            double trained = RelativeDifference.of(forward(block, input(), true), first);
            assertThat(trained > 1e-3).isEqualTo(layers == 2);
        }
    }

    @Test
    void savesAndLoads(@TempDir Path folder) throws Exception {
        float[] before;
        NDArray single = input().toType(DataType.FLOAT32, false);
        try (Model model = Model.newInstance("chunked")) {
            ChunkedLSTM block = block(4, 2);
            block.initialize(manager, DataType.FLOAT32, shapes());
            model.setBlock(block);
            before = HostArrays.readFloats(forward(block, single, false));
            model.save(folder, "chunked");
        }
        try (Model model = Model.newInstance("chunked")) {
            model.setBlock(block(4, 2));
            model.load(folder, "chunked");
            assertThat(
                            HostArrays.readFloats(
                                    forward((ChunkedLSTM) model.getBlock(), single, false)))
                    .containsExactly(before, within(1e-6f));
        }
        try (Model model = Model.newInstance("chunked")) {
            model.setBlock(block(5, 2));
            assertThatThrownBy(() -> model.load(folder, "chunked"))
                    .isInstanceOf(MalformedModelException.class)
                    .hasMessageContaining(
                            "of another model: of chunks of 4 frames, but the block has chunks"
                                    + " of 5");
        }
        try (Model model = Model.newInstance("chunked")) {
            model.setBlock(ChunkedLSTM.builder().setChunk(4).setStateSize(8).optLayers(2).build());
            assertThatThrownBy(() -> model.load(folder, "chunked"))
                    .isInstanceOf(MalformedModelException.class)
                    .hasMessageContaining("of state size 7, but the block has");
        }
    }

    @Test
    void leavesNoArrayBehind() {
        Reading.everyWay(this::assertLeavesNoArrayBehind);
    }

    private void assertLeavesNoArrayBehind() {
        ChunkedLSTM block = initialised(4, 3);
        NDList inputs = new NDList(input(), manager.create(LENGTHS));
        ParameterStore store = store();
        block.forward(store, inputs, true).head().close();
        int before = manager.getManagedArrays().size();
        for (int i = 0; i < 50; i++) {
            block.forward(store, inputs, i % 2 == 0).head().close();
        }
        assertThat(manager.getManagedArrays()).hasSize(before);
    }

    @Test
    void namesWhatDoesNotFit() {
        ChunkedLSTM block = initialised(4, 2);
        NDArray input = input();
        assertThatThrownBy(
                        () ->
                                block.forward(
                                        store(),
                                        new NDList(
                                                input, manager.create(new long[] {1, 4, 0, 5, 5})),
                                        false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("sample 2: length 0, but the input has 11 frames; 1 to 11 expected");
        NDArray narrow = input.get(":,:,:3");
        assertThatThrownBy(() -> forward(block, narrow, false))
                .isInstanceOf(TensorMismatchException.class)
                .hasMessageContaining("(N,T,F) of the block's initialisation");
        NDArray flat = input.get(":,0");
        assertThatThrownBy(() -> forward(block, flat, false))
                .isInstanceOf(TensorMismatchException.class);
        NDArray integers = input.toType(DataType.INT64, false);
        assertThatThrownBy(() -> forward(block, integers, false))
                .hasMessage("the input is int64, but must be [float32, float64]");
    }

    @Test
    void settingsHaveRanges() {
        for (ChunkedLSTM.Builder wrong :
                List.of(
                        ChunkedLSTM.builder().setStateSize(3),
                        ChunkedLSTM.builder().setChunk(3),
                        ChunkedLSTM.builder().setChunk(3).setStateSize(3).optLayers(0),
                        ChunkedLSTM.builder().setChunk(3).setStateSize(3).optDropout(1))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(wrong::build)
                    .withMessageContaining("must be 1 or more, dropout");
        }
    }

    private ChunkedLSTM initialised(int chunk, int layers) {
        return initialised(block(chunk, layers));
    }

    private ChunkedLSTM initialised(ChunkedLSTM block) {
        block.initialize(manager, DataType.FLOAT64, shapes());
        return block;
    }

    private static ChunkedLSTM block(int chunk, int layers) {
        return ChunkedLSTM.builder().setChunk(chunk).setStateSize(STATE).optLayers(layers).build();
    }

    private static Shape[] shapes() {
        return new Shape[] {new Shape(LENGTHS.length, FRAMES, FEATURES), new Shape(LENGTHS.length)};
    }

    /** The same frames at every call. */
    private NDArray input() {
        double[] values = new double[LENGTHS.length * FRAMES * FEATURES];
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.sin(1.7 * i) + Math.cos(0.3 * i * i);
        }
        return manager.create(values, shapes()[0]);
    }

    private NDArray forward(ChunkedLSTM block, NDArray input, boolean training) {
        NDList inputs = new NDList(input, manager.create(LENGTHS));
        return block.forward(store(), inputs, training).head();
    }

    private ParameterStore store() {
        return new ParameterStore(manager, false);
    }
}
