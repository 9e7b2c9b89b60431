package io.github.djlctc.training;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;

import io.github.djlctc.engine.MetaDevice;
import io.github.djlctc.engine.ProgramSource;
import io.github.djlctc.testing.ArrayTest;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The programs of training neither mix devices nor wait for one. */
class ProgramsOnAnotherDeviceTest extends ArrayTest {

    private static final NDList NOTHING = new NDList();

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void emissionStatistics(int timeMajor) {
        String source = ProgramSource.read(CTCMonitor.class, "emission_statistics.py");
        String reordered =
                source.replace(
                        "settings: Tensor, input_lengths: Tensor, logits: Tensor",
                        "logits: Tensor, settings: Tensor, input_lengths: Tensor");
        int samples = timeMajor == 1 ? 3 : 2;
        NDList logits = new NDList(manager.zeros(new Shape(2, 3, 4)));
        NDList host =
                new NDList(
                        manager.create(new long[] {0, timeMajor}),
                        manager.create(new long[samples]));
        MetaDevice.run(reordered, logits, host, NOTHING, 1);
    }

    @Test
    void clipping() {
        String source = ProgramSource.read(CTCMonitor.class, "clip_gradient_norm.py");
        NDList settings = new NDList(manager.create(new double[] {3, 0}));
        MetaDevice.run(source, NOTHING, settings, arrays(2), 1);
    }

    @Test
    void update() {
        String source = ProgramSource.read(CTCMonitor.class, "adamw.py");
        double[] numbers = {1e-3, 1e-3, 0.01, 2, 5, 0.9, 0.1, 0.999, 0.001, 1e-8, 1e9};
        MetaDevice.run(source, NOTHING, new NDList(manager.create(numbers)), arrays(4 * 3), 1);
    }

    private NDList arrays(int count) {
        NDList arrays = new NDList();
        for (int i = 0; i < count; i++) {
            arrays.add(manager.zeros(new Shape(2, 3)));
        }
        return arrays;
    }
}
