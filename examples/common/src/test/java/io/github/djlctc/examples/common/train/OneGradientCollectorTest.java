package io.github.djlctc.examples.common.train;

import ai.djl.engine.Engine;
import ai.djl.training.GradientCollector;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What docs/guide/training.md says of two trainings in a JVM. */
class OneGradientCollectorTest {

    @Test
    void aSecondTrainingInTheJvmIsRefused() {
        Engine engine = Engine.getInstance();
        GradientCollector first = RecognitionTrainer.collector(engine::newGradientCollector);
        try {
            assertThatThrownBy(() -> RecognitionTrainer.collector(engine::newGradientCollector))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageStartingWith("another training collects gradients in this JVM")
                    .cause()
                    .hasMessageContaining("Only one can be collecting at a time");
        } finally {
            first.close();
        }
        RecognitionTrainer.collector(engine::newGradientCollector).close();
    }
}
