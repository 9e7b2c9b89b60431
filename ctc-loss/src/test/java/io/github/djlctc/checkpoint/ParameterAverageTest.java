package io.github.djlctc.checkpoint;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;

import io.github.djlctc.engine.TensorMismatchException;
import io.github.djlctc.host.CountsArrays;
import io.github.djlctc.host.HostArrays;
import io.github.djlctc.testing.ArrayTest;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class ParameterAverageTest extends ArrayTest {

    private static final int STEPS = 40;

    /** Relative errors of some roundings. */
    private static final Map<DataType, Double> PRECISION =
            Map.of(
                    DataType.FLOAT16, 2e-2,
                    DataType.FLOAT32, 2e-6,
                    DataType.FLOAT64, 1e-14);

    @ParameterizedTest
    @CsvSource({"1, 0.9999, 2, 11", "2, 0.9999, 3, 12", "90, 0.9999, 91, 100", "90, 0.5, 1, 2"})
    void warmsUp(int update, double decay, double numerator, double denominator) {
        assertThat(ParameterAverage.decayAt(update, decay)).isEqualTo(numerator / denominator);
    }

    @Test
    void reachesItsDecayAtTheUpdateThatTheDocumentationNames() {
        assertThat(ParameterAverage.decayAt(8_989, 0.999)).isLessThan(0.999);
        assertThat(ParameterAverage.decayAt(8_991, 0.999)).isEqualTo(0.999);
    }

    /** Against the formula, in Java, in float64. */
    @ParameterizedTest
    @ValueSource(doubles = {0, 0.3, 0.75, 0.999})
    void isWhatTheFormulaSays(double decay) {
        AveragedBlock block = AveragedBlock.of(manager);
        Random random = new Random(3);
        Map<String, double[]> expected = new HashMap<>();
        AveragedBlock.FLOATING.keySet().forEach(name -> expected.put(name, values(block, name)));
        try (ParameterAverage average = ParameterAverage.of(block, decay)) {
            for (int t = 1; t <= STEPS; t++) {
                double atMost = Math.min(decay, (1.0 + t) / (10.0 + t));
                for (String name : AveragedBlock.FLOATING.keySet()) {
                    double[] a = expected.get(name);
                    double[] w = random.doubles(a.length, -2, 2).toArray();
                    block.set(name, w);
                    for (int i = 0; i < a.length; i++) {
                        a[i] = atMost * a[i] + (1 - atMost) * w[i];
                    }
                }
                average.update();
                assertThat(average.updates()).isEqualTo(t);
            }
            try (ParameterAverage.Averaged averaged = average.use()) {
                assertThat(averaged.block()).isSameAs(block);
                AveragedBlock.FLOATING.forEach(
                        (name, type) ->
                                assertThat(values(block, name))
                                        .as(name)
                                        .containsExactly(
                                                expected.get(name), within(PRECISION.get(type))));
            }
        }
    }

    @Test
    void withADecayOfZeroIsTheLatestParameters() {
        AveragedBlock block = AveragedBlock.of(manager);
        try (ParameterAverage average = ParameterAverage.of(block, 0)) {
            block.set("weight", new Random(4).doubles(12).toArray());
            List<ByteBuffer> latest = bits(block);
            average.update();
            try (ParameterAverage.Averaged averaged = average.use()) {
                assertThat(bits(averaged.block())).isEqualTo(latest);
            }
        }
    }

    @Test
    void beginsWithTheParameters() {
        AveragedBlock block = AveragedBlock.of(manager);
        List<ByteBuffer> initial = bits(block);
        try (ParameterAverage average = ParameterAverage.of(block, 0.9)) {
            assertThat(average.decay()).isEqualTo(0.9);
            assertThat(average.updates()).isZero();
            block.set("weight", new Random(4).doubles(12).toArray());
            try (ParameterAverage.Averaged averaged = average.use()) {
                assertThat(bits(averaged.block())).isEqualTo(initial);
            }
        }
    }

    @Test
    void leavesParametersOfOtherTypesToTheModel() {
        AveragedBlock block = AveragedBlock.of(manager);
        try (ParameterAverage average = ParameterAverage.of(block, 0.9)) {
            block.set("counter", 8, 9);
            average.update();
            assertThat(average.paths()).hasSize(5).noneMatch(path -> path.contains("counter"));
            try (ParameterAverage.Averaged averaged = average.use()) {
                assertThat(values(averaged.block(), "counter")).containsExactly(8, 9);
            }
        }
    }

    @Test
    void aSharedParameterIsAveragedOnce() {
        Block layer = Linear.builder().setUnits(3).build();
        Block block = new SequentialBlock().add(layer).add(layer);
        block.initialize(manager, DataType.FLOAT32, new Shape(2, 3));
        List<ByteBuffer> initial = bits(block);
        try (ParameterAverage average = ParameterAverage.of(block, 0.9)) {
            assertThat(average.paths()).hasSize(2);
            try (NDArray none = block.getParameters().valueAt(0).getArray().zerosLike()) {
                ParameterAverage.exchange(block.getParameters().valueAt(0).getArray(), none);
            }
            try (ParameterAverage.Averaged averaged = average.use()) {
                assertThat(bits(averaged.block())).isEqualTo(initial);
            }
        }
    }

    @Test
    void putsTheTrainedParametersBackToTheBit() {
        AveragedBlock block = AveragedBlock.of(manager);
        try (ParameterAverage average = ParameterAverage.of(block, 0.9)) {
            train(block, average);
            List<ByteBuffer> trained = bits(block);
            ByteBuffer averages;
            try (ParameterAverage.Averaged averaged = average.use()) {
                averages = HostArrays.readBytes(block.array("weight"));
                assertThat(bits(averaged.block())).isNotEqualTo(trained);
            }
            assertThat(bits(block)).isEqualTo(trained);
            try (ParameterAverage.Averaged averaged = average.use()) {
                assertThat(HostArrays.readBytes(block.array("weight"))).isEqualTo(averages);
                assertThat(averaged.block()).isSameAs(block);
            }
            assertThat(bits(block)).isEqualTo(trained);
            assertThat(block.array("weight").hasGradient()).isTrue();
        }
    }

    @Test
    void putsThemBackWhenSomethingThrows() {
        AveragedBlock block = AveragedBlock.of(manager);
        try (ParameterAverage average = ParameterAverage.of(block, 0.9)) {
            train(block, average);
            List<ByteBuffer> trained = bits(block);
            assertThatThrownBy(
                            () -> {
                                try (ParameterAverage.Averaged averaged = average.use()) {
                                    assertThat(bits(averaged.block())).isNotEqualTo(trained);
                                    throw new UnsupportedOperationException("evaluation failed");
                                }
                            })
                    .hasMessage("evaluation failed");
            assertThat(bits(block)).isEqualTo(trained);
            average.update();
        }
    }

    @Test
    void exchangesAllParametersOrNone() {
        AveragedBlock block = AveragedBlock.of(manager);
        try (ParameterAverage average = ParameterAverage.of(block, 0.9)) {
            train(block, average);
            List<ByteBuffer> trained = bits(block);
            AtomicInteger calls = new AtomicInteger();
            assertThatThrownBy(
                            () ->
                                    average.exchange(
                                            (one, other) -> {
                                                if (calls.incrementAndGet() == 4) {
                                                    throw new UnsupportedOperationException("full");
                                                }
                                                ParameterAverage.exchange(one, other);
                                            }))
                    .hasMessage("full");
            assertThat(bits(block)).isEqualTo(trained);
        }
    }

    @Test
    void isEitherUsedOrUpdated() {
        AveragedBlock block = AveragedBlock.of(manager);
        try (ParameterAverage average = ParameterAverage.of(block, 0.9)) {
            ParameterAverage.Averaged first = average.use();
            for (Runnable call : List.<Runnable>of(average::use, average::update, average::save)) {
                assertThatIllegalStateException()
                        .isThrownBy(call::run)
                        .withMessageStartingWith("the average is in the model at the moment");
            }
            first.close();
            first.close();
            train(block, average);
            List<ByteBuffer> trained = bits(block);
            try (ParameterAverage.Averaged second = average.use()) {
                first.close();
                assertThat(bits(second.block())).isNotEqualTo(trained);
            }
            assertThat(bits(block)).isEqualTo(trained);
        }
    }

    @Test
    void isNotForUseOnceItIsClosed() {
        ParameterAverage average = ParameterAverage.of(AveragedBlock.of(manager), 0.9);
        average.close();

        for (Runnable call : List.<Runnable>of(average::use, average::update, average::save)) {
            assertThatIllegalStateException()
                    .isThrownBy(call::run)
                    .withMessageStartingWith("the average was closed");
        }
        average.close();
    }

    @Test
    void isClosedWithTheModel() {
        NDManager ofModel = manager.newSubManager();
        ParameterAverage average = ParameterAverage.of(AveragedBlock.of(ofModel), 0.9);
        ParameterAverage.Averaged averaged = average.use();
        ofModel.close();

        averaged.close();
        assertThatIllegalStateException().isThrownBy(average::update);
        average.close();
    }

    @Test
    void whenClosedPutsTheTrainedParametersBack() {
        AveragedBlock block = AveragedBlock.of(manager);
        ParameterAverage average = ParameterAverage.of(block, 0.9);
        train(block, average);
        List<ByteBuffer> trained = bits(block);
        ParameterAverage.Averaged averaged = average.use();
        average.close();
        assertThat(bits(block)).isEqualTo(trained);
        averaged.close();
        average.close();
        assertThat(bits(block)).isEqualTo(trained);
    }

    @CountsArrays
    void takesOneCopyOfTheParametersAndNothingElse() {
        AveragedBlock block = AveragedBlock.of(manager);
        int arrays = manager.getManagedArrays().size();
        ParameterAverage average = ParameterAverage.of(block, 0.9);
        assertThat(manager.getManagedArrays()).hasSize(arrays + AveragedBlock.FLOATING.size());
        for (int i = 0; i < 20; i++) {
            average.update();
            try (ParameterAverage.Averaged averaged = average.use()) {
                assertThat(averaged.block()).isSameAs(block);
            }
            average.restore(average.save());
        }
        assertThat(manager.getManagedArrays()).hasSize(arrays + AveragedBlock.FLOATING.size());
        average.close();
        assertThat(manager.getManagedArrays()).hasSize(arrays);
    }

    @Test
    void doesNotDisturbTraining() {
        List<ByteBuffer> expected;
        try (LinearTraining training = new LinearTraining(ResumableAdamW.builder().build())) {
            training.steps(0, 20);
            expected = training.parameters();
        }
        try (LinearTraining training = new LinearTraining(ResumableAdamW.builder().build());
                ParameterAverage average = ParameterAverage.of(training.model.getBlock(), 0.9)) {
            for (int i = 0; i < 20; i++) {
                training.step(i);
                average.update();
                try (ParameterAverage.Averaged averaged = average.use()) {
                    assertThat(averaged.block()).isSameAs(training.model.getBlock());
                }
            }
            assertThat(training.parameters()).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1, 1.5, Double.NaN, Double.POSITIVE_INFINITY})
    void refusesADecayOutOfRange(double decay) {
        AveragedBlock block = AveragedBlock.of(manager);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ParameterAverage.of(block, decay))
                .withMessage(
                        "the decay of the average is %s, but must be from 0 to below 1", decay);
    }

    @Test
    void refusesAModelWithoutParameters() {
        Block block = new SequentialBlock().add(Activation.reluBlock());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ParameterAverage.of(block, 0.9))
                .withMessageContaining("SequentialBlock is of a floating type");
    }

    @Test
    void refusesParametersThatHaveChangedTheirForm() {
        AveragedBlock block = AveragedBlock.of(manager);
        try (ParameterAverage average = ParameterAverage.of(block, 0.9)) {
            block.array("weight").intern(manager.zeros(new Shape(2, 2)));
            List<ByteBuffer> before = bits(block);
            for (Runnable call : List.<Runnable>of(average::use, average::update)) {
                assertThatThrownBy(call::run)
                        .isInstanceOf(TensorMismatchException.class)
                        .hasMessageStartingWith("the parameter weight is of the shape (2, 2)");
            }
            assertThat(bits(block)).isEqualTo(before);
            assertThat(average.updates()).isZero();
        }
    }

    private static void train(AveragedBlock block, ParameterAverage average) {
        Random random = new Random(6);
        for (int i = 0; i < 3; i++) {
            for (String name : AveragedBlock.FLOATING.keySet()) {
                block.set(name, random.doubles(block.array(name).size(), -1, 1).toArray());
            }
            average.update();
        }
    }

    private static double[] values(Block block, String name) {
        return HostArrays.readDoubles(((AveragedBlock) block).array(name));
    }

    private static List<ByteBuffer> bits(Block block) {
        return block.getParameters().values().stream()
                .map(parameter -> HostArrays.readBytes(parameter.getArray()))
                .toList();
    }
}
