package io.github.djlctc.nn;

import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.convolutional.Conv1d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.Dropout;
import ai.djl.nn.norm.LayerNorm;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;

import io.github.djlctc.engine.TensorMismatchException;
import io.github.djlctc.host.CountsArrays;
import io.github.djlctc.testing.ArrayTest;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class FramewiseBlockTest extends ArrayTest {

    private static final Shape INPUT = new Shape(2, 6, 3);
    private static final Shape LENGTHS = new Shape(2);

    @Test
    void isTheBlockOnTheFirstArrayAndPassesTheOthersOn() {
        for (Block inner :
                List.of(
                        Linear.builder().setUnits(4).build(),
                        LayerNorm.builder().axis(2).build(),
                        Activation.reluBlock(),
                        Dropout.builder().optRate(0.5f).build())) {
            FramewiseBlock block = initialised(inner);
            NDList inputs = inputs();
            inputs.add(manager.ones(new Shape(7)));

            NDList output = block.forward(store(), inputs, false);

            NDList expected = inner.forward(store(), new NDList(inputs.head()), false);
            assertThat(output.head()).isEqualTo(expected.head());
            assertThat(output.subList(1, 3)).isEqualTo(inputs.subList(1, 3));
            assertThat(inputs).hasSize(3);
            assertThat(block.getOutputShapes(inputs.getShapes())).isEqualTo(output.getShapes());
        }
    }

    @Test
    void oneArrayIsEnough() {
        FramewiseBlock block = initialised(Linear.builder().setUnits(4).build());
        NDList output = block.forward(store(), new NDList(manager.ones(INPUT)), false);
        assertThat(output.getShapes()).containsExactly(new Shape(2, 6, 4));
    }

    @Test
    void trainsTheBlockAsIfItWereAlone() {
        Linear linear = Linear.builder().setUnits(4).build();
        FramewiseBlock block = initialised(linear);
        NDArray weight = linear.getParameters().get("weight").getArray();
        NDArray around = gradient(block, weight);
        assertThat(around.abs().sum().getFloat()).isPositive();
        assertThat(around).isEqualTo(gradient(linear, weight));
        assertThat(block.getParameters().keys())
                .containsExactly("01framewise_weight", "01framewise_bias");
    }

    private NDArray gradient(Block block, NDArray parameter) {
        Engine.getInstance().setRandomSeed(2);
        NDArray input = manager.randomNormal(INPUT);
        try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            collector.zeroGradients();
            NDArray output = block.forward(store(), new NDList(input), true).head();
            collector.backward(output.square().sum());
        }
        return parameter.getGradient().duplicate();
    }

    @Test
    void passesTheTrainingModeOn() {
        FramewiseBlock block = initialised(Dropout.builder().optRate(0.5f).build());
        NDArray dropped = block.forward(store(), inputs(), true).head();
        assertThat(dropped.eq(0).any().getBoolean()).isTrue();
    }

    @Test
    void savesAndLoads(@TempDir Path folder) throws Exception {
        NDArray before;
        try (Model model = Model.newInstance("linear")) {
            FramewiseBlock block = initialised(Linear.builder().setUnits(4).build());
            model.setBlock(block);
            before = block.forward(store(), inputs(), false).head();
            model.save(folder, "linear");
        }
        try (Model model = Model.newInstance("linear")) {
            FramewiseBlock block = FramewiseBlock.of(Linear.builder().setUnits(4).build());
            model.setBlock(block);
            model.load(folder, "linear");
            assertThat(block.forward(store(), inputs(), false).head()).isEqualTo(before);
        }
    }

    @Test
    void aBlockThatChangesTheFramesIsAnError() {
        Conv1d convolution = Conv1d.builder().setKernelShape(new Shape(3)).setFilters(6).build();
        FramewiseBlock block = initialised(convolution);
        String message =
                "Conv1d makes (2, 6, 1) of (2, 5, 3), but a framewise block must make one array and"
                        + " keep N and T";
        NDList inputs = new NDList(manager.ones(new Shape(2, 6, 3)));
        assertThat(block.forward(store(), inputs, false).head().getShape())
                .isEqualTo(new Shape(2, 6, 1));
        FramewiseBlock other = initialised(new LambdaBlock(x -> new NDList(x.head().get(":1"))));
        assertThatThrownBy(() -> other.forward(store(), inputs(), false))
                .isInstanceOf(TensorMismatchException.class)
                .hasMessage(
                        "LambdaBlock makes (1, 6, 3) of (2, 6, 3), but a framewise block must make"
                                + " one array and keep N and T");
        assertThatThrownBy(() -> block.getOutputShapes(new Shape[] {new Shape(2, 5, 3)}))
                .isInstanceOf(TensorMismatchException.class)
                .hasMessage(message);
        FramewiseBlock two = initialised(new LambdaBlock(x -> new NDList(x.head(), x.head())));
        assertThatThrownBy(() -> two.forward(store(), inputs(), false))
                .hasMessageStartingWith("LambdaBlock makes 2 arrays of (2, 6, 3)");
    }

    @Test
    void anInputWithoutFramesIsAnError() {
        FramewiseBlock block = initialised(Linear.builder().setUnits(4).build());
        assertThatThrownBy(() -> block.forward(store(), new NDList(manager.ones(LENGTHS)), false))
                .isInstanceOf(TensorMismatchException.class)
                .hasMessage("the input has the shape (2), but must be (N,T,...)");
    }

    @CountsArrays
    void leavesNoArrayBehind() {
        FramewiseBlock block = initialised(Linear.builder().setUnits(4).build());
        NDList inputs = inputs();
        ParameterStore store = store();
        block.forward(store, inputs, true).head().close();
        int before = manager.getManagedArrays().size();
        for (int i = 0; i < 20; i++) {
            block.forward(store, inputs, i % 2 == 0).head().close();
        }
        assertThat(manager.getManagedArrays()).hasSize(before);
    }

    private FramewiseBlock initialised(Block inner) {
        FramewiseBlock block = FramewiseBlock.of(inner);
        block.initialize(manager, DataType.FLOAT32, INPUT, LENGTHS);
        return block;
    }

    private NDList inputs() {
        Engine.getInstance().setRandomSeed(2);
        return new NDList(manager.randomNormal(INPUT), manager.create(new long[] {6, 4}));
    }

    private ParameterStore store() {
        return new ParameterStore(manager, false);
    }
}
