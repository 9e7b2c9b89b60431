package io.github.djlctc.monitor;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.loss.Loss;

import io.github.djlctc.host.HostArrays;
import io.github.djlctc.host.Reading;
import io.github.djlctc.nn.Gradients;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class GradientNormClipperTest {

    private Model model;
    private Trainer trainer;

    @BeforeEach
    void open() {
        model = Model.newInstance("linear");
        model.setBlock(
                new SequentialBlock()
                        .add(Linear.builder().setUnits(4).build())
                        .add(Linear.builder().setUnits(3).build()));
        trainer = model.newTrainer(new DefaultTrainingConfig(Loss.l2Loss()));
        trainer.initialize(new Shape(2, 5));
        trainer.getManager().getEngine().setRandomSeed(3);
    }

    @AfterEach
    void close() {
        trainer.close();
        model.close();
    }

    @Test
    void scalesTheGradientsDownToTheLimit() {
        backward(-1000);
        List<float[]> before = gradients();
        double norm = norm(before);
        GradientNormClipper clipper = new GradientNormClipper(0.5f);
        clipper.onTrainingBatch(trainer, null);

        assertThat((double) clipper.norm()).isCloseTo(norm, within(1e-5 * norm));
        List<float[]> after = gradients();
        assertThat(norm(after)).isCloseTo(0.5, within(1e-5));
        for (int i = 0; i < before.size(); i++) {
            for (int j = 0; j < before.get(i).length; j++) {
                double expected = before.get(i)[j] * 0.5 / norm;
                assertThat((double) after.get(i)[j]).isCloseTo(expected, within(1e-6));
            }
        }
    }

    @Test
    void leavesSmallGradientsAlone() {
        backward(1);
        List<float[]> before = gradients();
        GradientNormClipper clipper = new GradientNormClipper((float) norm(before) * 1.01f);
        clipper.onTrainingBatch(trainer, null);
        assertThat(gradients()).usingRecursiveComparison().isEqualTo(before);
    }

    @Test
    void reportsANormThatIsNotFiniteAndLeavesTheRestAlone() {
        backward(Float.NaN);
        GradientNormClipper clipper = new GradientNormClipper(1);
        clipper.onTrainingBatch(trainer, null);
        assertThat(clipper.norm()).isNaN();
    }

    /** As on the CPU, and as on devices where looking at the norm would wait. */
    @ParameterizedTest
    @CsvSource({"true, 3", "true, 1e9", "false, 3", "false, 1e9"})
    void multipliesByTheQuotientRoundedOnce(boolean onHost, float limit) {
        backward(-1000);
        List<float[]> before = gradients();
        double norm = clip(limit, onHost);
        assertThat(norm).isCloseTo(norm(before), within(1e-5 * norm)).isGreaterThan(3);
        float factor = norm > limit ? (float) (limit / norm) : 1;
        List<float[]> after = gradients();
        for (int i = 0; i < before.size(); i++) {
            for (int j = 0; j < before.get(i).length; j++) {
                assertThat(after.get(i)[j]).isEqualTo(before.get(i)[j] * factor);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"true, NaN", "true, Infinity", "false, NaN", "false, Infinity"})
    void leavesGradientsOfANormThatIsNotFiniteAlone(boolean onHost, float first) {
        backward(1000);
        try (Gradients gradients = Gradients.of(model.getBlock())) {
            gradients.arrays().get(1).set(new NDIndex("0"), first);
        }
        List<float[]> before = gradients();
        assertThat(Double.valueOf(clip(1, onHost))).isEqualTo(Double.valueOf(first));
        List<float[]> after = gradients();
        for (int i = 0; i < before.size(); i++) {
            assertThat(after.get(i)).isEqualTo(before.get(i));
        }
    }

    private double clip(float limit, boolean onHost) {
        try (Gradients gradients = Gradients.of(model.getBlock());
                NDArray norm =
                        GradientNormClipper.clip(
                                trainer.getManager(), gradients.arrays(), limit, onHost)) {
            return HostArrays.readScalar(norm);
        }
    }

    @Test
    void countsASharedParameterOnce() {
        Block layer = Linear.builder().setUnits(5).build();
        try (Model shared = Model.newInstance("shared")) {
            shared.setBlock(new SequentialBlock().add(layer).add(layer));
            try (Trainer sharing = shared.newTrainer(new DefaultTrainingConfig(Loss.l2Loss()));
                    Gradients gradients = initialized(sharing)) {
                assertThat(gradients.arrays()).hasSize(2);
            }
        }
    }

    private static Gradients initialized(Trainer trainer) {
        trainer.initialize(new Shape(2, 5));
        return Gradients.of(trainer.getModel().getBlock());
    }

    @ParameterizedTest
    @EnumSource
    void leavesNoArrayBehind(Reading reading) {
        GradientNormClipper clipper = new GradientNormClipper(1);
        backward(10);
        clipper.onTrainingBatch(trainer, null);
        int ofModel = model.getNDManager().getManagedArrays().size();
        int ofTrainer = trainer.getManager().getManagedArrays().size();
        reading.during(
                () -> {
                    for (int i = 0; i < 20; i++) {
                        clipper.onTrainingBatch(trainer, null);
                    }
                });
        assertThat(model.getNDManager().getManagedArrays()).hasSize(ofModel);
        assertThat(trainer.getManager().getManagedArrays()).hasSize(ofTrainer);
        reading.during(
                () -> {
                    float norm = clipper.norm();
                    assertThat(clipper.norm()).isEqualTo(norm).isPositive();
                });
        // The norm is read, and kept on the host only.
        assertThat(trainer.getManager().getManagedArrays()).hasSize(ofTrainer - 1);
    }

    @Test
    void theNormCanBeReadAfterTraining() {
        GradientNormClipper clipper = new GradientNormClipper(1);
        backward(10);
        clipper.onTrainingBatch(trainer, null);
        clipper.onTrainingEnd(trainer);
        trainer.close();
        assertThat(clipper.norm()).isPositive();
    }

    @Test
    void refusesSeveralDevices() {
        DefaultTrainingConfig config =
                new DefaultTrainingConfig(Loss.l2Loss())
                        .optDevices(new Device[] {Device.cpu(), Device.gpu()})
                        .addTrainingListeners(new GradientNormClipper(1));
        assertThatThrownBy(() -> model.newTrainer(config))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("2 devices");
    }

    @Test
    void refusesALimitThatIsNotPositive() {
        assertThatThrownBy(() -> new GradientNormClipper(0)).hasMessageContaining("0.0");
        assertThatThrownBy(() -> new GradientNormClipper(Float.NaN))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private void backward(float scale) {
        try (NDManager manager = trainer.getManager().newSubManager();
                GradientCollector collector = trainer.newGradientCollector()) {
            NDList output = trainer.forward(new NDList(manager.ones(new Shape(2, 5))));
            collector.backward(output.head().mul(scale).sum());
        }
    }

    private List<float[]> gradients() {
        List<float[]> gradients = new ArrayList<>();
        for (Parameter parameter : model.getBlock().getParameters().values()) {
            try (NDArray gradient = parameter.getArray().getGradient()) {
                gradients.add(gradient.toFloatArray());
            }
        }
        return gradients;
    }

    private static double norm(List<float[]> gradients) {
        double sum = 0;
        for (float[] gradient : gradients) {
            for (float value : gradient) {
                sum += (double) value * value;
            }
        }
        return Math.sqrt(sum);
    }
}
