package io.github.djlctc.checkpoint;

import ai.djl.nn.Block;
import ai.djl.nn.ParameterList;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The mean of the parameters of several checkpoints of a run, which often makes fewer errors than
 * the best of them; as a rule of the {@link CheckpointStore#best() best}.
 *
 * <p>\( \bar w = \frac{1}{K} \sum_{k=1}^{K} w_k \). Vaswani et al., "Attention Is All You Need",
 * 2017, section 6.1; the recipes of ESPnet and icefall for CTC average the best or the latest 5 to
 * 20 checkpoints.
 *
 * <p>Of checkpoints with an average of the parameters ({@link ParameterAverage}), it is the mean of
 * these averages, since it is they that were measured. All parameters of floating types are meant,
 * the running statistics of batch normalisation included; others are those of the last checkpoint.
 *
 * <p>The sums are of float64 and in the order of the files' paths, which in a store is that of the
 * updates: the mean does not depend on the order in which they are named, and is the same on every
 * machine. One checkpoint at a time is in memory besides the sums, which take 8 bytes per
 * parameter.
 *
 * <p>Immutable.
 */
public final class CheckpointMean {

    private final List<Path> files;
    private final List<SavedParameter> parameters;

    private CheckpointMean(List<Path> files, List<SavedParameter> parameters) {
        this.files = files;
        this.parameters = parameters;
    }

    /**
     * Reads checkpoints and takes the mean of their parameters.
     *
     * @param files the checkpoints, at least one
     * @return the mean
     * @throws CheckpointException if a file is no usable checkpoint, has other parameters than the
     *     first, or an average where the first has none or none where it has one; the message names
     *     the file
     * @throws IOException if a file cannot be read
     * @throws IllegalArgumentException if there is no file
     */
    public static CheckpointMean of(Collection<Path> files) throws IOException {
        if (files.isEmpty()) {
            throw new IllegalArgumentException(
                    "the mean is of one checkpoint or more, but of none");
        }
        List<Path> sorted = files.stream().sorted().toList();
        ParameterSums sums = new ParameterSums(TrainingCheckpoint.read(sorted.get(0)));
        for (Path file : sorted.subList(1, sorted.size())) {
            sums.add(file, TrainingCheckpoint.read(file));
        }
        return new CheckpointMean(sorted, sums.mean());
    }

    /**
     * Returns what the mean is of.
     *
     * @return the files, in the order in which they were added up
     */
    public List<Path> files() {
        return files;
    }

    /**
     * Puts the mean into a model. All is checked before anything is changed.
     *
     * @param block the model, initialised as it was for the checkpoints
     * @throws CheckpointException if the model has other parameters; the message names the first
     *     that differs
     */
    public void load(Block block) throws CheckpointException {
        ParameterList target = block.getParameters();
        SavedParameter.check(files.get(0), parameters, target);
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < parameters.size(); i++) {
            // An average of a parameter that several blocks share is saved at its first path.
            if (seen.add(target.valueAt(i).getId())) {
                parameters.get(i).restore(target.valueAt(i));
            }
        }
    }
}
