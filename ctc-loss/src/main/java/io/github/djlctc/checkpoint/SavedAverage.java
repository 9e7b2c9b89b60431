package io.github.djlctc.checkpoint;

import io.github.djlctc.checkpoint.CheckpointException.Problem;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The average of the parameters in a checkpoint.
 *
 * @param decay its decay
 * @param updates the number of its updates
 * @param values the averages by the paths of their parameters, whose types and shapes they have
 */
record SavedAverage(double decay, int updates, Map<String, ByteBuffer> values) {

    SavedAverage {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** Checks that the average of a model, which has the parameters of the checkpoint, fits. */
    void check(Path source, ParameterAverage target) throws CheckpointException {
        if (Double.compare(decay, target.decay()) != 0) {
            throw new CheckpointException(
                    source,
                    Problem.OTHER_AVERAGE,
                    "its average of the parameters has the decay "
                            + decay
                            + ", but this one "
                            + target.decay()
                            + ": go on with the decay that it was started with");
        }
        if (!values.keySet().equals(target.paths())) {
            throw new CheckpointException(
                    source,
                    Problem.OTHER_MODEL,
                    "of another model: its average is of "
                            + values.keySet()
                            + ", but that of the model is of "
                            + target.paths());
        }
    }

    static CheckpointException missing(Path source) {
        return new CheckpointException(
                source,
                Problem.OTHER_AVERAGE,
                "it has no average of the parameters: go on without one, or restore the model and"
                        + " its optimizer alone and begin an average with these parameters");
    }
}
