package io.github.djlctc.examples.common.train;

import io.github.djlctc.checkpoint.CheckpointException;
import io.github.djlctc.checkpoint.CheckpointMean;
import io.github.djlctc.checkpoint.CheckpointStore;
import io.github.djlctc.checkpoint.ResumableAdamW;
import io.github.djlctc.checkpoint.TrainingCheckpoint;
import io.github.djlctc.examples.common.OutputFileException;
import io.github.djlctc.monitor.CTCMonitor;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Saves a run as its plan says, and puts it back. */
final class RunCheckpoints {

    private static final String DATA = "training samples";
    private static final String MONITOR = "monitor";
    private static final String LOSS = "validation loss";

    private final RecognitionModel model;
    private final ResumableAdamW optimizer;
    private final CTCMonitor monitor;
    private final RunAverage average;
    private final int meanOfBest;
    private final CheckpointPlan plan;
    private final CheckpointStore store;
    private final DataFingerprint data;
    private Optional<EpochScore> latestScore = Optional.empty();

    RunCheckpoints(
            RecognitionModel model,
            ResumableAdamW optimizer,
            CTCMonitor monitor,
            RunAverage average,
            int meanOfBest,
            CheckpointPlan plan,
            List<PreparedSample> training)
            throws IOException {
        this.model = model;
        this.optimizer = optimizer;
        this.monitor = monitor;
        this.average = average;
        this.meanOfBest = meanOfBest;
        this.plan = plan;
        int keepBest = Math.max(plan.keepBest(), meanOfBest);
        store = CheckpointStore.open(plan.folder(), keepBest, RunCheckpoints::loss);
        data = new DataFingerprint(training);
    }

    /** Puts the model and the optimizer where the run stopped, or makes sure that it can resume. */
    TrainingState begin() throws IOException {
        if (plan.resumed().isPresent()) {
            return resume(plan.resumed().get());
        }
        store.clear();
        TrainingState state = new TrainingState();
        save(state);
        return state;
    }

    private TrainingState resume(TrainingCheckpoint checkpoint) throws IOException {
        String saved = checkpoint.properties().get(DATA);
        if (!data.matches(saved)) {
            throw new IOException(
                    "the run in "
                            + plan.folder()
                            + " cannot be resumed on other data: its training samples were "
                            + saved
                            + ", and now are "
                            + data);
        }
        TrainingState state = TrainingState.of(checkpoint);
        try {
            monitor.restore(checkpoint.properties().getOrDefault(MONITOR, ""));
        } catch (IllegalArgumentException e) {
            throw new IOException("the checkpoint is not of this program: " + e.getMessage(), e);
        }
        average.restore(checkpoint, optimizer);
        if (checkpoint.score().isPresent()) {
            double rate = checkpoint.score().getAsDouble();
            latestScore = Optional.of(new EpochScore(optimizer.updates(), rate, loss(checkpoint)));
        }
        return state;
    }

    /** Tells whether a checkpoint is due within the epoch. */
    boolean isDue(TrainingState state) {
        return state.position().batch() % plan.batches() == 0;
    }

    /**
     * Saves a checkpoint within an epoch. If all steps since the end of the latest epoch were left
     * out, its score still holds, and is kept.
     */
    void save(TrainingState state) throws IOException {
        Optional<EpochScore> score =
                latestScore.filter(latest -> latest.updates() == optimizer.updates());
        save(state.properties(), state, score);
    }

    private void save(
            Map<String, String> properties, TrainingState state, Optional<EpochScore> score)
            throws IOException {
        score.ifPresent(of -> properties.put(LOSS, Double.toString(of.loss())));
        TrainingCheckpoint captured = capture(state, properties);
        TrainingCheckpoint checkpoint =
                score.map(of -> captured.withScore(of.errorRate())).orElse(captured);
        OutputFileException.guard(plan.folder(), () -> store.save(checkpoint));
    }

    void saveEpoch(TrainingState state, Evaluation evaluation, TrainingOptions options)
            throws IOException {
        Map<String, String> properties = state.properties();
        if (state.isFinished(options)) {
            properties.put(CheckpointPlan.FINISHED, "true");
        }
        latestScore =
                Optional.of(
                        new EpochScore(
                                optimizer.updates(),
                                evaluation.meanErrorRate(),
                                evaluation.loss()));
        save(properties, state, latestScore);
    }

    /** Among epochs of the same error rates the one with the lower loss is better. */
    private static double loss(TrainingCheckpoint checkpoint) {
        return Double.parseDouble(checkpoint.properties().getOrDefault(LOSS, "NaN"));
    }

    /**
     * Takes the mean of the parameters of the best epochs.
     *
     * @param epochs all epochs of the run, as far as its history has them
     * @param done how many epochs it has
     * @return the mean; empty if none is wanted
     * @throws IOException if a checkpoint is missing or cannot be read, or there is no memory for
     *     the mean
     */
    Optional<CheckpointMean> meanOfBest(List<EpochResult> epochs, int done) throws IOException {
        List<Path> best = store.best();
        List<Path> meant = best.subList(0, Math.min(meanOfBest, best.size()));
        try {
            checkMeant(meant, epochs, done);
            return meant.isEmpty() ? Optional.empty() : Optional.of(CheckpointMean.of(meant));
        } catch (OutOfMemoryError e) {
            throw new IOException(
                    "there is no memory for the mean of "
                            + meant.size()
                            + " checkpoints ("
                            + e.getMessage()
                            + "); the model is that of the best epoch. For the mean, give Java"
                            + " more by JAVA_OPTS=-Xmx..., and go on with --resume",
                    e);
        }
    }

    /** Of fewer or other epochs, the mean would be another than that of a run without accidents. */
    private void checkMeant(List<Path> meant, List<EpochResult> epochs, int done)
            throws IOException {
        Set<EpochScore> there = new HashSet<>();
        for (Path file : meant) {
            try {
                TrainingCheckpoint checkpoint = TrainingCheckpoint.read(file);
                there.add(new EpochScore(0, checkpoint.score().orElseThrow(), loss(checkpoint)));
            } catch (CheckpointException | NoSuchFileException e) {
                // Removed or damaged since the folder was opened.
            }
        }
        List<Integer> missing =
                epochs.stream()
                        .sorted(
                                Comparator.comparingDouble(EpochResult::meanErrorRate)
                                        .thenComparingDouble(EpochResult::validationLoss))
                        .limit(meanOfBest)
                        .filter(epoch -> !there.contains(score(epoch)))
                        .map(EpochResult::epoch)
                        .toList();
        // Of epochs that the history has lost, it cannot tell.
        if (!missing.isEmpty() && epochs.size() == done) {
            throw new IOException(
                    "the mean of the best "
                            + meanOfBest
                            + " epochs cannot be taken: the checkpoints of epochs "
                            + missing
                            + " are missing or damaged in "
                            + plan.folder()
                            + ". The model is that of the best epoch. Put them back and go on with"
                            + " --resume, or go on without a mean, with --resume --mean-of-best 0");
        }
    }

    private static EpochScore score(EpochResult epoch) {
        return new EpochScore(0, epoch.meanErrorRate(), epoch.validationLoss());
    }

    private TrainingCheckpoint capture(TrainingState state, Map<String, String> properties) {
        properties.put(DATA, data.toString());
        properties.put(MONITOR, monitor.save());
        properties.put(CheckpointPlan.OPTIONS, plan.options());
        return average.addTo(
                TrainingCheckpoint.capture(
                        model.djlModel().getBlock(), optimizer, state.position(), properties));
    }

    /** How good the model was after so many updates. */
    private record EpochScore(int updates, double errorRate, double loss) {}
}
