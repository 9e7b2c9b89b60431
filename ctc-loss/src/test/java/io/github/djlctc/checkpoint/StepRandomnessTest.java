package io.github.djlctc.checkpoint;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class StepRandomnessTest {

    @Test
    void dependsOnTheSeedAndTheStepOnly() {
        float[] drawn = draw(1, 7);

        assertThat(draw(1, 8)).isNotEqualTo(drawn);
        assertThat(draw(2, 7)).isNotEqualTo(drawn);
        assertThat(draw(2, 6)).isNotEqualTo(drawn);
        assertThat(draw(1, 7)).isEqualTo(drawn);
    }

    private static float[] draw(long seed, long step) {
        new StepRandomness(seed).beginStep(step);
        try (NDManager manager = NDManager.newBaseManager();
                NDArray values = manager.randomUniform(0, 1, new Shape(20))) {
            return values.toFloatArray();
        }
    }
}
