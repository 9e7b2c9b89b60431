package io.github.djlctc.examples.common.train;

import io.github.djlctc.checkpoint.CheckpointMean;
import io.github.djlctc.checkpoint.CheckpointStore;
import io.github.djlctc.checkpoint.ResumableAdamW;
import io.github.djlctc.checkpoint.TrainingCheckpoint;
import io.github.djlctc.examples.common.OutputFileException;
import io.github.djlctc.monitor.CTCMonitor;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
        return state;
    }

    /** Tells whether a checkpoint is due within the epoch. */
    boolean isDue(TrainingState state) {
        return state.position().batch() % plan.batches() == 0;
    }

    void save(TrainingState state) throws IOException {
        TrainingCheckpoint checkpoint = capture(state, state.properties());
        OutputFileException.guard(plan.folder(), () -> store.save(checkpoint));
    }

    void saveEpoch(TrainingState state, Evaluation evaluation, TrainingOptions options)
            throws IOException {
        Map<String, String> properties = state.properties();
        if (state.isFinished(options)) {
            properties.put(CheckpointPlan.FINISHED, "true");
        }
        if (meanOfBest > 0) {
            properties.put(LOSS, Double.toString(evaluation.loss()));
        }
        TrainingCheckpoint checkpoint =
                capture(state, properties).withScore(evaluation.meanErrorRate());
        OutputFileException.guard(plan.folder(), () -> store.save(checkpoint));
    }

    /** Among epochs of the same error rates the one with the lower loss is better. */
    private static double loss(TrainingCheckpoint checkpoint) {
        return Double.parseDouble(checkpoint.properties().getOrDefault(LOSS, "NaN"));
    }

    /**
     * Takes the mean of the parameters of the best epochs.
     *
     * @return the mean; empty if none is wanted
     */
    Optional<CheckpointMean> meanOfBest() throws IOException {
        List<Path> best = store.best();
        List<Path> meant = best.subList(0, Math.min(meanOfBest, best.size()));
        return meant.isEmpty() ? Optional.empty() : Optional.of(CheckpointMean.of(meant));
    }

    private TrainingCheckpoint capture(TrainingState state, Map<String, String> properties) {
        properties.put(DATA, data.toString());
        properties.put(MONITOR, monitor.save());
        properties.put(CheckpointPlan.OPTIONS, plan.options());
        return average.addTo(
                TrainingCheckpoint.capture(
                        model.djlModel().getBlock(), optimizer, state.position(), properties));
    }
}
