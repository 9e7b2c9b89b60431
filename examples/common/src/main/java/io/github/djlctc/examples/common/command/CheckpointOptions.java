package io.github.djlctc.examples.common.command;

import io.github.djlctc.checkpoint.CheckpointStore;
import io.github.djlctc.checkpoint.TrainingCheckpoint;
import io.github.djlctc.examples.common.train.CheckpointPlan;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Options that say which checkpoints are saved, and whether a run goes on from one. */
final class CheckpointOptions {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--resume",
            description =
                    "Go on with the run in the folder of --model, with the options that it was"
                            + " started with.")
    private boolean resume;

    @Option(
            names = "--checkpoint-every",
            defaultValue = "200",
            paramLabel = "N",
            description =
                    "Save a checkpoint after so many batches, besides every epoch (default:"
                            + " ${DEFAULT-VALUE}).")
    private int checkpointBatches;

    @Option(
            names = "--keep-best",
            defaultValue = "1",
            paramLabel = "K",
            description =
                    "Keep the checkpoints of the K best epochs, besides the latest two (default:"
                            + " ${DEFAULT-VALUE}).")
    private int keepBest;

    /**
     * Finds the checkpoint to go on from.
     *
     * @param model the folder of the model
     * @return the latest checkpoint; nothing without {@code --resume}
     * @throws ParameterException if there is none to resume, or if without {@code --resume} an
     *     interrupted run would be overwritten
     * @throws IOException if the checkpoints cannot be read
     */
    Optional<TrainingCheckpoint> findResumed(Path model) throws IOException {
        Optional<TrainingCheckpoint> latest = latest(model);
        if (resume) {
            return Optional.of(
                    latest.orElseThrow(() -> nothingToResume(CheckpointPlan.folderOf(model))));
        }
        if (latest.isPresent() && !CheckpointPlan.isFinished(latest.get())) {
            throw interrupted(
                    "was interrupted in epoch " + (latest.get().position().epoch() + 1), model);
        }
        if (latest.isPresent() && !RunPage.isIn(model)) {
            throw interrupted("was stopped before it was tested", model);
        }
        return Optional.empty();
    }

    /** Tells whether the folder holds a run that can go on. */
    boolean isResumable(Path model) throws IOException {
        return latest(model).isPresent();
    }

    private static Optional<TrainingCheckpoint> latest(Path model) throws IOException {
        Path folder = CheckpointPlan.folderOf(model);
        return Files.isDirectory(folder)
                ? CheckpointStore.open(folder, 0).latest()
                : Optional.empty();
    }

    private ParameterException interrupted(String how, Path model) {
        return new ParameterException(
                spec.commandLine(),
                model
                        + " holds a run that "
                        + how
                        + ": go on with --resume, choose another --model, or delete "
                        + CheckpointPlan.folderOf(model));
    }

    private ParameterException nothingToResume(Path folder) {
        return new ParameterException(
                spec.commandLine(),
                "there is nothing to resume in " + folder + ": start without --resume");
    }

    /**
     * Returns what is kept of the run.
     *
     * @param model the folder of the model
     * @param options the options that decide what the run comes to
     * @param resumed the checkpoint to go on from
     * @throws IllegalArgumentException if a value is out of its range
     */
    CheckpointPlan plan(Path model, RunOptions options, Optional<TrainingCheckpoint> resumed) {
        return new CheckpointPlan(
                CheckpointPlan.folderOf(model),
                checkpointBatches,
                keepBest,
                options.toString(),
                resumed);
    }
}
