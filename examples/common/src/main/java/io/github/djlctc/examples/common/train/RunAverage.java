package io.github.djlctc.examples.common.train;

import ai.djl.nn.Block;

import io.github.djlctc.checkpoint.CheckpointException;
import io.github.djlctc.checkpoint.ParameterAverage;
import io.github.djlctc.checkpoint.ResumableAdamW;
import io.github.djlctc.checkpoint.TrainingCheckpoint;

import java.io.IOException;
import java.util.OptionalDouble;

/** The average of a run's parameters, which is evaluated and saved in their place; or none. */
final class RunAverage implements AutoCloseable {

    private final Block block;
    private final OptionalDouble decay;
    private ParameterAverage average;

    RunAverage(Block block, OptionalDouble decay) {
        this.block = block;
        this.decay = decay;
    }

    /** Begins with the parameters of the model, which are initialised now. */
    void begin() {
        if (decay.isPresent()) {
            average = ParameterAverage.of(block, decay.getAsDouble());
        }
    }

    /** Takes in the parameters after an update. */
    void update() {
        if (average != null) {
            average.update();
        }
    }

    /** Does something while the average is in the model, if there is one. */
    <R> R evaluated(Work<R> work) throws IOException {
        if (average == null) {
            return work.run();
        }
        ParameterAverage.Averaged averaged = average.use();
        try (averaged) {
            return work.run();
        }
    }

    TrainingCheckpoint addTo(TrainingCheckpoint checkpoint) {
        return average == null ? checkpoint : checkpoint.withAverage(average);
    }

    void restore(TrainingCheckpoint checkpoint, ResumableAdamW optimizer)
            throws CheckpointException {
        if (average == null) {
            checkpoint.restore(block, optimizer);
        } else {
            checkpoint.restore(block, optimizer, average);
        }
    }

    @Override
    public void close() {
        if (average != null) {
            average.close();
        }
    }

    /** Makes something of the model. */
    @FunctionalInterface
    interface Work<R> {

        R run() throws IOException;
    }
}
