package io.github.djlctc.checkpoint;

import ai.djl.nn.Block;
import ai.djl.nn.ParameterList;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Everything that a training run needs to go on as if it had never stopped: parameters, the
 * optimizer's moments and update count, the average of the parameters if there is one, the position
 * in the data, and what else the caller names.
 *
 * <p>Parameters are known by their path in the block, such as {@code 01linear_weight}; the ids of
 * DJL change with every run. A resumed run has bit for bit the parameters of the uninterrupted one
 * if all else depends on what is saved here:
 *
 * <ul>
 *   <li>the learning rate on the number of the update, as with DJL's trackers;
 *   <li>the batches on {@link #position()}: {@link
 *       io.github.djlctc.batch.LengthBucketSampler#setPosition(int, int)};
 *   <li>augmentation on a seed, the epoch and the index of the sample;
 *   <li>dropout on the number of the update: {@link StepRandomness};
 *   <li>PyTorch runs on one thread ({@code ai.djl.pytorch.num_threads=1}).
 * </ul>
 *
 * <p>Immutable, and in the memory of the JVM: 12 bytes per float32 parameter, 16 with an average.
 */
public final class TrainingCheckpoint {

    private final TrainingPosition position;
    private final int updates;
    private final OptionalDouble score;
    private final Map<String, String> properties;
    private final List<SavedParameter> parameters;
    private final Optional<SavedAverage> average;
    private final Path source;

    TrainingCheckpoint(
            TrainingPosition position,
            int updates,
            OptionalDouble score,
            Map<String, String> properties,
            List<SavedParameter> parameters,
            Optional<SavedAverage> average,
            Path source) {
        this.position = position;
        this.updates = updates;
        this.score = score;
        this.properties = Map.copyOf(properties);
        this.parameters = List.copyOf(parameters);
        this.average = average;
        this.source = source;
    }

    /**
     * Copies the state of a training run, between two steps.
     *
     * @param block the model, initialised
     * @param optimizer its optimizer
     * @param position the epoch, and how many of its batches are done
     * @param properties what else is to be saved, by name: seeds, options, the best epoch
     * @return the checkpoint
     */
    public static TrainingCheckpoint capture(
            Block block,
            ResumableAdamW optimizer,
            TrainingPosition position,
            Map<String, String> properties) {
        List<SavedParameter> parameters = new ArrayList<>();
        block.getParameters()
                .forEach(
                        pair ->
                                parameters.add(
                                        SavedParameter.of(
                                                pair.getKey(), pair.getValue(), optimizer)));
        return new TrainingCheckpoint(
                position,
                optimizer.updates(),
                OptionalDouble.empty(),
                properties,
                parameters,
                Optional.empty(),
                Path.of("checkpoint"));
    }

    /**
     * Returns the same checkpoint with a score, by which a {@link CheckpointStore} finds the best.
     *
     * @param score an error rate or a loss: lower is better; NaN is worst
     * @return the checkpoint with the score
     */
    public TrainingCheckpoint withScore(double score) {
        return new TrainingCheckpoint(
                position,
                updates,
                OptionalDouble.of(score),
                properties,
                parameters,
                average,
                source);
    }

    /**
     * Returns the same checkpoint with the average of the parameters, copied between the same two
     * steps.
     *
     * @param current the average of the model of {@link #capture}
     * @return the checkpoint with the average
     * @throws IllegalStateException if the average is closed, or in the model at the moment: then
     *     the parameters that were captured are not the trained ones
     * @throws IllegalArgumentException if the average is of another model
     */
    public TrainingCheckpoint withAverage(ParameterAverage current) {
        SavedAverage saved = current.save();
        Set<String> names = new HashSet<>();
        parameters.forEach(parameter -> names.add(parameter.name()));
        if (!names.containsAll(saved.values().keySet())) {
            throw new IllegalArgumentException(
                    "the average is of another model than the checkpoint: of "
                            + saved.values().keySet()
                            + ", but the parameters are "
                            + names);
        }
        return new TrainingCheckpoint(
                position, updates, score, properties, parameters, Optional.of(saved), source);
    }

    /**
     * Reads a checkpoint and verifies all of it.
     *
     * @param file the file
     * @return the checkpoint
     * @throws CheckpointException if the file is damaged, or no checkpoint of this version
     * @throws IOException if the file cannot be read
     */
    public static TrainingCheckpoint read(Path file) throws IOException {
        return CheckpointFile.read(file);
    }

    /**
     * Writes the checkpoint; whatever happens meanwhile, an earlier file of the same name stays
     * whole until the new one is safe on the disk.
     *
     * @param file the file to create or to replace, in an existing folder
     * @throws IOException if it cannot be written
     */
    public void write(Path file) throws IOException {
        CheckpointFile.write(this, file);
    }

    /**
     * Puts the state back. All is checked before anything is changed. An average of the parameters
     * is left out.
     *
     * @param block the model, initialised as it was for {@link #capture}
     * @param optimizer its optimizer, built with the same options; its state is replaced
     * @throws CheckpointException if the model has other parameters; the message names the first
     *     that differs
     */
    public void restore(Block block, ResumableAdamW optimizer) throws CheckpointException {
        ParameterList target = block.getParameters();
        SavedParameter.check(source, parameters, target);
        optimizer.reset(updates);
        for (int i = 0; i < parameters.size(); i++) {
            parameters.get(i).restore(target.valueAt(i), optimizer);
        }
    }

    /**
     * Puts the state back, with the average of the parameters. All is checked before anything is
     * changed.
     *
     * @param block the model, initialised as it was for {@link #capture}
     * @param optimizer its optimizer, built with the same options; its state is replaced
     * @param target the average of the model's parameters, of the same decay; its state is replaced
     * @throws CheckpointException if the model has other parameters, or the checkpoint no average
     *     or one of another decay. To begin an average with the parameters of a checkpoint that has
     *     none, restore the others alone and make a new {@link ParameterAverage}
     * @throws IllegalStateException if the average is in the model at the moment, or closed
     */
    public void restore(Block block, ResumableAdamW optimizer, ParameterAverage target)
            throws CheckpointException {
        SavedParameter.check(source, parameters, block.getParameters());
        SavedAverage saved = average.orElseThrow(() -> SavedAverage.missing(source));
        saved.check(source, target);
        restore(block, optimizer);
        target.restore(saved);
    }

    /**
     * Returns how far training had come.
     *
     * @return the position of the next batch
     */
    public TrainingPosition position() {
        return position;
    }

    /**
     * Returns the number of updates of the optimizer.
     *
     * @return the number, 0 before the first
     */
    public int updates() {
        return updates;
    }

    /**
     * Returns the score.
     *
     * @return the score, lower is better; empty if the checkpoint was not made to be compared
     */
    public OptionalDouble score() {
        return score;
    }

    /**
     * Returns what the caller saved, by name.
     *
     * @return the properties, not to be changed
     */
    public Map<String, String> properties() {
        return properties;
    }

    List<SavedParameter> parameters() {
        return parameters;
    }

    Optional<SavedAverage> average() {
        return average;
    }
}
