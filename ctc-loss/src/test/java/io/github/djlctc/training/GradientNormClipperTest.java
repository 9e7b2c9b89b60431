package io.github.djlctc.training;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.loss.Loss;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

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

        assertThat((double) clipper.getNorm()).isCloseTo(norm, within(1e-5 * norm));
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
        assertThat(clipper.getNorm()).isNaN();
    }

    @Test
    void leavesNoArrayBehind() {
        GradientNormClipper clipper = new GradientNormClipper(1);
        backward(10);
        NDManager manager = model.getNDManager();
        int before = manager.getManagedArrays().size();
        for (int i = 0; i < 20; i++) {
            clipper.onTrainingBatch(trainer, null);
        }
        assertThat(manager.getManagedArrays()).hasSize(before);
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
