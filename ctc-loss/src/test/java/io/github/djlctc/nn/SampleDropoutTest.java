package io.github.djlctc.nn;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.Dropout;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;

import io.github.djlctc.engine.TensorMismatchException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.util.Arrays;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

class SampleDropoutTest {

    private NDManager manager;

    @BeforeEach
    void open() {
        Engine.getInstance().setRandomSeed(7);
        manager = NDManager.newBaseManager(Device.cpu());
    }

    @AfterEach
    void close() {
        manager.close();
    }

    @ParameterizedTest
    @ValueSource(floats = {0.1f, 0.25f, 0.5f, 0.9f})
    void dropsTheShareOfTheRateAndKeepsTheMean(float rate) {
        NDArray values = manager.ones(new Shape(50, 100, 40));
        float[] dropped = train(SampleDropout.of(rate), values).toFloatArray();
        double kept = 1.0 / (1 - rate);
        int zeros = 0;
        double sum = 0;
        for (float value : dropped) {
            assertThat(value == 0 || Math.abs(value - kept) < 1e-5).isTrue();
            zeros += value == 0 ? 1 : 0;
            sum += value;
        }
        // Five standard deviations of a share of 200,000 draws.
        double deviation = 5 * Math.sqrt(rate * (1 - rate) / dropped.length);
        assertThat((double) zeros / dropped.length).isCloseTo(rate, within(deviation));
        assertThat(sum / dropped.length).isCloseTo(1, within(deviation * kept));
    }

    @Test
    void neighboursAreDroppedIndependently() {
        float[] dropped =
                train(SampleDropout.of(0.5f), manager.ones(new Shape(50, 100, 40))).toFloatArray();
        for (int distance : new int[] {1, 2, 40, 4000}) {
            int same = 0;
            for (int i = distance; i < dropped.length; i++) {
                same += dropped[i] == dropped[i - distance] ? 1 : 0;
            }
            assertThat((double) same / (dropped.length - distance))
                    .as("%d", distance)
                    .isCloseTo(0.5, within(0.01));
        }
    }

    @Test
    void whatIsDroppedOfASampleDependsOnItsSeedAlone() {
        Seeded three = new Seeded(manager, 4, 5, 6);
        float[] all =
                three.train(SampleDropout.of(0.3f), manager.ones(new Shape(3, 8, 3)))
                        .toFloatArray();
        Seeded alone = new Seeded(manager, 5);
        float[] one =
                alone.train(SampleDropout.of(0.3f), manager.ones(new Shape(1, 5, 3)))
                        .toFloatArray();
        assertThat(one).isEqualTo(Arrays.copyOfRange(all, 24, 24 + 15));
        assertThat(Arrays.copyOfRange(all, 0, 24)).isNotEqualTo(Arrays.copyOfRange(all, 24, 48));
    }

    @Test
    void withoutSeedsTheEngineDrawsThem() {
        SampleDropout dropout = SampleDropout.of(0.5f);
        NDArray values = manager.ones(new Shape(2, 30));
        Engine.getInstance().setRandomSeed(3);
        float[] first = train(dropout, values).toFloatArray();
        float[] second = train(dropout, values).toFloatArray();
        Engine.getInstance().setRandomSeed(3);
        assertThat(train(dropout, values).toFloatArray()).isEqualTo(first);
        assertThat(second).isNotEqualTo(first);
    }

    @Test
    void theGradientIsDroppedLikewise() {
        NDArray values = manager.randomNormal(new Shape(3, 4, 5));
        values.setRequiresGradient(true);
        NDArray dropped;
        try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            dropped = train(SampleDropout.of(0.5f), values);
            collector.backward(dropped.sum());
        }
        float[] gradient = values.getGradient().toFloatArray();
        float[] result = dropped.toFloatArray();
        for (int i = 0; i < result.length; i++) {
            assertThat(gradient[i]).isEqualTo(result[i] == 0 ? 0f : 2f);
        }
    }

    @Test
    void nothingIsDroppedOutsideTrainingNorWithARateOfZero() {
        NDArray values = manager.randomNormal(new Shape(3, 4));
        assertThat(SampleDropout.of(0.5f).forward(store(), new NDList(values), false).head())
                .isEqualTo(values);
        assertThat(train(SampleDropout.of(0), values)).isEqualTo(values);
    }

    @Test
    void otherArraysArePassedOn() {
        NDArray lengths = manager.create(new long[] {1, 2});
        NDList inputs = new NDList(manager.ones(new Shape(2, 3)), lengths);
        assertThat(SampleDropout.of(0.5f).forward(store(), inputs, true).get(1)).isSameAs(lengths);
        assertThat(SampleDropout.of(0.5f).getOutputShapes(inputs.getShapes()))
                .isEqualTo(inputs.getShapes());
    }

    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"FLOAT16", "FLOAT32", "FLOAT64"})
    void leavesNoArraysBehind(DataType type) {
        NDArray values = manager.ones(new Shape(2, 3), type);
        int arrays = manager.getManagedArrays().size();
        NDArray dropped = train(SampleDropout.of(0.5f), values);
        assertThat(dropped.getDataType()).isEqualTo(type);
        dropped.close();
        assertThat(manager.getManagedArrays()).hasSize(arrays);
    }

    @Test
    void readsWhatDjlsDropoutSaved(@TempDir Path folder) throws Exception {
        float[] weights;
        try (Model model = Model.newInstance("dropout", Device.cpu())) {
            model.setBlock(dropoutAndLinear(Dropout.builder().optRate(0.5f).build()));
            model.getBlock().initialize(manager, DataType.FLOAT32, new Shape(2, 3));
            weights = model.getBlock().getParameters().valueAt(0).getArray().toFloatArray();
            model.save(folder, "dropout");
        }
        try (Model model = Model.newInstance("dropout", Device.cpu())) {
            model.setBlock(dropoutAndLinear(SampleDropout.of(0.5f)));
            model.load(folder, "dropout");
            assertThat(model.getBlock().getParameters().valueAt(0).getArray().toFloatArray())
                    .isEqualTo(weights);
        }
    }

    private static Block dropoutAndLinear(Block dropout) {
        return new SequentialBlock().add(dropout).add(Linear.builder().setUnits(4).build());
    }

    @ParameterizedTest
    @ValueSource(floats = {-0.1f, 1, Float.NaN})
    void refusesARateOutOfRange(float rate) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SampleDropout.of(rate))
                .withMessage("dropout " + rate + " is not from 0 to below 1");
    }

    @Test
    void refusesWholeNumbers() {
        assertThatExceptionOfType(TensorMismatchException.class)
                .isThrownBy(() -> train(SampleDropout.of(0.5f), manager.create(new long[] {1, 2})))
                .withMessageContaining("the input is int64");
    }

    private NDArray train(SampleDropout dropout, NDArray values) {
        return dropout.forward(store(), new NDList(values), true).head();
    }

    private ParameterStore store() {
        return new ParameterStore(manager, false);
    }

    /** A parameter store with seeds. */
    private static final class Seeded extends ParameterStore implements SampleSeeds {

        private final long[] seeds;

        Seeded(NDManager manager, long... seeds) {
            super(manager, false);
            this.seeds = seeds;
        }

        NDArray train(SampleDropout dropout, NDArray values) {
            return dropout.forward(this, new NDList(values), true).head();
        }

        @Override
        public long[] next() {
            return seeds;
        }
    }
}
