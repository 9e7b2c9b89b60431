package io.github.djlctc.examples.common.train;

import io.github.djlctc.checkpoint.TrainingCheckpoint;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What is kept of a run while it trains, so that it can be resumed.
 *
 * @param folder where the checkpoints are
 * @param batches a checkpoint is saved after so many batches, and after every epoch
 * @param keepBest the number of epochs with the best validation errors whose checkpoints are kept
 * @param options what the run was started with, saved with every checkpoint
 * @param resumed the checkpoint to go on from; without it, earlier checkpoints are removed
 */
public record CheckpointPlan(
        Path folder,
        int batches,
        int keepBest,
        String options,
        Optional<TrainingCheckpoint> resumed) {

    static final String OPTIONS = "options";
    static final String FINISHED = "finished";

    private static final String FOLDER = "checkpoints";

    /**
     * Checks the ranges.
     *
     * @param folder where the checkpoints are
     * @param batches 1 or more
     * @param keepBest 0 or more
     * @param options what the run was started with
     * @param resumed the checkpoint to go on from
     */
    public CheckpointPlan {
        if (batches < 1) {
            throw new IllegalArgumentException(
                    "batches between checkpoints: "
                            + batches
                            + " is out of range, 1 or more expected");
        }
        if (keepBest < 0) {
            throw new IllegalArgumentException(
                    "checkpoints of best epochs: "
                            + keepBest
                            + " is out of range, 0 or more expected");
        }
    }

    /**
     * Returns where the checkpoints of a model are.
     *
     * @param model the folder of the model
     * @return the folder of its checkpoints
     */
    public static Path folderOf(Path model) {
        return model.resolve(FOLDER);
    }

    /**
     * Returns what a run was started with.
     *
     * @param checkpoint a checkpoint of the run
     * @return the options, as given to the plan of the run
     */
    public static String optionsOf(TrainingCheckpoint checkpoint) {
        return checkpoint.properties().getOrDefault(OPTIONS, "");
    }

    /**
     * Tells whether a run has come to its end.
     *
     * @param checkpoint its latest checkpoint
     * @return true if there is nothing left to train
     */
    public static boolean isFinished(TrainingCheckpoint checkpoint) {
        return checkpoint.properties().containsKey(FINISHED);
    }
}
