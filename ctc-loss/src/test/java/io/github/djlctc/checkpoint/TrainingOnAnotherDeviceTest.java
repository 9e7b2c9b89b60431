package io.github.djlctc.checkpoint;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

import io.github.djlctc.engine.MetaDevice;
import io.github.djlctc.engine.ProgramSource;
import io.github.djlctc.monitor.CTCMonitor;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The programs of a training step neither mix devices nor wait for one. */
class TrainingOnAnotherDeviceTest {

    private final NDManager manager = NDManager.newBaseManager();

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void clippingDoesNot() {
        clip(0);
    }

    @Test
    void clippingOnTheHostWould() {
        assertThatThrownBy(() -> clip(1)).isInstanceOf(EngineException.class);
    }

    private void clip(double onHost) {
        String source = ProgramSource.read(CTCMonitor.class, "clip_gradient_norm.py");
        // Without this, scaling is left out as unused, because the list is no argument here.
        String scaling =
                source.replace("return norm", "return torch.add(norm, torch.sum(gradients[0]))");
        assertThat(scaling).isNotEqualTo(source);
        run(scaling, new double[] {0.5, onHost}, arrays(2));
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, Double.POSITIVE_INFINITY})
    void updatingDoesNot(double atOnce) {
        double[] settings = {1e-3, 2e-3, 0.01, 3, 0.5, 0.9, 0.1, 0.999, 0.001, 1e-8, atOnce};
        NDList parameters = new NDList();
        for (int i = 0; i < 4; i++) {
            parameters.addAll(arrays(2));
        }
        run(ProgramSource.read(ResumableAdamW.class, "adamw.py"), settings, parameters);
    }

    @Test
    void averagingDoesNot() {
        NDList parameters = arrays(3);
        parameters.addAll(arrays(3));
        run(
                ProgramSource.read(ParameterAverage.class, "average_parameters.py"),
                new double[] {0.1},
                parameters);
    }

    @Test
    void exchangingWithTheAverageDoesNot() {
        NDList arrays = arrays(1);
        arrays.addAll(arrays(1));
        MetaDevice.run(
                ProgramSource.read(ParameterAverage.class, "exchange_arrays.py"),
                arrays,
                new NDList(),
                new NDList(),
                1);
    }

    @Test
    void statisticsDoNot() {
        NDArray logits = manager.zeros(new Shape(2, 6, 5));
        MetaDevice.run(
                ProgramSource.read(CTCMonitor.class, "emission_statistics.py"),
                new NDList(logits),
                new NDList(manager.create(new long[] {6, 4}), manager.create(new long[] {0, 0})),
                new NDList(),
                1);
    }

    private void run(String source, double[] settings, NDList arrays) {
        MetaDevice.run(source, new NDList(), new NDList(manager.create(settings)), arrays, 1);
    }

    private NDList arrays(int number) {
        NDList arrays = new NDList();
        for (int i = 1; i <= number; i++) {
            arrays.add(manager.ones(new Shape(i, 3)));
        }
        return arrays;
    }
}
