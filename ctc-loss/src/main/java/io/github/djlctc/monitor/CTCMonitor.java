package io.github.djlctc.monitor;

import ai.djl.ndarray.NDArray;
import ai.djl.training.Trainer;
import ai.djl.training.listener.TrainingListenerAdapter;
import ai.djl.training.optimizer.Optimizer;

import io.github.djlctc.checkpoint.ResumableAdamW;
import io.github.djlctc.checkpoint.TrainingCheckpoint;
import io.github.djlctc.loss.BatchLosses;
import io.github.djlctc.loss.CTCLoss;
import io.github.djlctc.monitor.NonFiniteStep.Cause;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.function.LongFunction;

/**
 * Watches CTC training: halts at or skips steps with NaN or infinities and names their origin, and
 * diagnoses training by the statistics of each epoch.
 *
 * <p>After back-propagation of every batch, it looks at the loss and at the global norm of the
 * gradients. If one of them is NaN or infinite, a {@link NonFiniteStep} says which samples caused
 * it, why, and in which parameter it appeared first; {@link NonFinitePolicy} decides how to go on.
 * A wrong target id is a {@link io.github.djlctc.batch.CTCInputException} of {@link CTCLoss} before
 * that.
 *
 * <p>A step is left out like this: the gradients are set to zero (NaN included), {@link
 * #shouldStep()} is false, and the loss is taken out of the means of the epoch. A listener cannot
 * keep DJL's trainer from calling the optimizer, and a zero gradient still moves parameters by
 * momentum and weight decay. So either write {@code if (monitor.shouldStep()) trainer.step();}, or,
 * for {@link ai.djl.training.EasyTrain#fit}, give the trainer {@link #guard guard(optimizer)}. With
 * either, training goes on as if the batch had not been there, apart from what the forward pass
 * changes itself (random numbers for dropout, running statistics of batch normalisation).
 *
 * <p>Every epoch ends with an {@link EpochReport}. Loss and gradient norm are those of all batches;
 * the statistics of the model's output, which take a pass over the logits, of every fourth batch.
 *
 * <p>Add it to the training configuration with {@code addTrainingListeners}; a {@link
 * GradientNormClipper} is given to the monitor instead of the configuration, so that the norm is
 * computed once. The trainer's loss must be a {@link CTCLoss}, or a composite loss with a {@code
 * CTCLoss} of all labels and of the first two predictions, the logits and their lengths; it is then
 * the first such component that is watched. The trainer must use one device. DJL's {@code
 * DivergenceCheckTrainingListener}, one of {@code TrainingListener.Defaults}, ends training at the
 * first NaN whatever the policy here.
 *
 * <p>On a device other than the CPU, the host waits once in a step if the monitor is registered
 * before other listeners that read the loss, such as DJL's {@code EvaluatorTrainingListener}:
 * clipping is started before the losses are read, and statistics before the norm is. Registered
 * after them, the monitor waits once more, for the norm. Neither {@link ResumableAdamW#updateAll}
 * nor the clipper waits.
 */
public final class CTCMonitor extends TrainingListenerAdapter {

    private static final Logger logger = LoggerFactory.getLogger(CTCMonitor.class);
    private static final int STATISTICS_INTERVAL = 4;

    private final StepSkipping skipping;
    private final GradientNormClipper clipper;
    private final LongFunction<String> sampleNames;
    private final Consumer<EpochReport> onReport;
    private final DiagnosisRules rules;
    private final List<EpochStatistics> history = new ArrayList<>();
    private final Optional<DoubleSupplier> learningRate;
    private EpochTally tally = new EpochTally(1);
    private boolean hasUncheckedStep;

    private CTCMonitor(Builder builder) {
        skipping = new StepSkipping(builder.policy);
        clipper = builder.clipper;
        sampleNames = builder.sampleNames;
        onReport = builder.onReport;
        rules = new DiagnosisRules(builder.patience);
        learningRate = builder.learningRate;
    }

    /**
     * Creates a builder.
     *
     * @return a builder that halts, does not clip, has a patience of 5 epochs, and logs reports of
     *     epochs that are not healthy
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Makes an optimizer leave out the steps that the monitor finds not finite. It then counts no
     * update: neither parameters nor moments nor the learning rate change.
     *
     * @param optimizer the optimizer
     * @return the optimizer for the training configuration
     */
    public Optimizer guard(Optimizer optimizer) {
        return new GuardedOptimizer(optimizer, this::shouldStep);
    }

    /**
     * Tells whether the optimizer is to use the gradients of the latest batch.
     *
     * @return false if its loss or gradient is not finite; true before the first batch
     */
    public boolean shouldStep() {
        return skipping.shouldStep();
    }

    /**
     * Checks the trainer.
     *
     * @param trainer the trainer
     * @throws IllegalStateException if its loss is not a {@link CTCLoss} and has none, or it uses
     *     several devices
     */
    @Override
    public void onTrainingBegin(Trainer trainer) {
        clipper.onTrainingBegin(trainer);
        WatchedBatch.ctcLoss(trainer.getLoss());
    }

    /**
     * Checks a batch after back-propagation, and clips the gradients.
     *
     * @param trainer the trainer
     * @param batchData the batch, its labels and predictions
     * @throws NonFiniteStepException if the loss or a gradient is NaN or infinite, and the policy
     *     does not leave the step out
     */
    @Override
    public void onTrainingBatch(Trainer trainer, BatchData batchData) {
        WatchedBatch batch = WatchedBatch.of(trainer, batchData);
        // Started before anything is read, so that the host waits for the device once.
        clipper.onTrainingBatch(trainer, batchData);
        BatchLosses losses = batch.losses();
        if (tally.steps() % STATISTICS_INTERVAL == 0) {
            addOutput(batch, losses);
        }
        if (isFinite(losses)) {
            tally.add(losses, clipper.norm(), clipper.maxNorm());
            skipping.take();
            hasUncheckedStep = true;
        } else {
            skipping.skip();
            NonFiniteStep step =
                    new NonFiniteSearch(
                                    trainer.getModel(),
                                    batchData.getBatch(),
                                    batch.allLosses(losses),
                                    sampleNames)
                            .search(tally.epoch(), tally.steps() + 1, latestRate());
            tally.addSkipped(step);
            skipping.haltAt(step);
            logger.warn("Step left out. {}", step);
            batch.leaveOut();
            skipping.zeroGradients(trainer.getModel().getBlock());
        }
    }

    private OptionalDouble latestRate() {
        return learningRate
                .map(rate -> OptionalDouble.of(rate.getAsDouble()))
                .orElse(OptionalDouble.empty());
    }

    /**
     * Checks that the latest step has left all parameters finite. The monitor does so before the
     * validation of an epoch and at its end; whoever measures a model in between calls this first.
     *
     * @param trainer the trainer
     * @throws NonFiniteStepException if a parameter is NaN or infinite, whatever the policy
     */
    public void checkParameters(Trainer trainer) {
        if (hasUncheckedStep) {
            hasUncheckedStep = false;
            Optional<String> parameter = NonFiniteSearch.firstParameter(trainer.getModel());
            if (parameter.isPresent()) {
                throw afterLatestStep(Cause.PARAMETER, parameter);
            }
        }
    }

    /**
     * Returns the exception for a model whose output is not finite after the latest step, though
     * its parameters are.
     *
     * @return the exception, which names the step and the learning rate
     */
    public NonFiniteStepException outputNotFinite() {
        return afterLatestStep(Cause.ACTIVATION, Optional.empty());
    }

    private NonFiniteStepException afterLatestStep(Cause cause, Optional<String> parameter) {
        return new NonFiniteStepException(
                new NonFiniteStep(
                        tally.epoch(),
                        tally.steps(),
                        cause,
                        List.of(),
                        Optional.empty(),
                        parameter,
                        latestRate()));
    }

    /**
     * Checks the parameters before the first batch of a validation is measured.
     *
     * @param trainer the trainer
     * @param batchData the batch
     * @throws NonFiniteStepException if a parameter is NaN or infinite, whatever the policy
     */
    @Override
    public void onValidationBatch(Trainer trainer, BatchData batchData) {
        checkParameters(trainer);
    }

    private void addOutput(WatchedBatch batch, BatchLosses losses) {
        NDArray logits = batch.predictions().head();
        try (EmissionStatistics output =
                EmissionStatistics.start(batch.loss(), losses.batch(), logits)) {
            if (isFinite(losses)) {
                tally.addOutput(losses.batch(), output.read());
            }
        }
    }

    private boolean isFinite(BatchLosses losses) {
        return Double.isFinite(losses.reduced()) && Float.isFinite(clipper.norm());
    }

    /** {@inheritDoc} */
    @Override
    public void onTrainingEnd(Trainer trainer) {
        clipper.onTrainingEnd(trainer);
    }

    /**
     * Reports the epoch.
     *
     * @param trainer the trainer
     * @throws NonFiniteStepException if the last step has made a parameter NaN or infinite
     */
    @Override
    public void onEpoch(Trainer trainer) {
        checkParameters(trainer);
        EpochStatistics statistics = tally.statistics();
        history.add(statistics);
        EpochReport report = new EpochReport(statistics, rules.diagnose(history), tally.skipped());
        tally = new EpochTally(tally.epoch() + 1);
        onReport.accept(report);
    }

    /**
     * Returns the state of the monitor, to go into the properties of a {@link TrainingCheckpoint}.
     *
     * @return JSON: the statistics of the epochs that have ended, and of the batches since
     */
    public String save() {
        return new MonitorState(history, tally, skipping.skipsInARow(), skipping.hasStepped())
                .toJson();
    }

    /**
     * Goes on from the state of a monitor of the same run: the reports of a resumed run are those
     * of the uninterrupted one.
     *
     * @param saved what {@link #save()} returned
     * @throws IllegalArgumentException if it is something else
     */
    public void restore(String saved) {
        MonitorState state = MonitorState.parse(saved);
        history.clear();
        history.addAll(state.history());
        tally = state.tally();
        skipping.restore(state.skipsInARow(), state.hasStepped());
    }

    private static void log(EpochReport report) {
        if (report.diagnosis() != TrainingDiagnosis.HEALTHY) {
            logger.warn(
                    "Epoch {}: {}. Remedy: {}.",
                    report.statistics().epoch(),
                    report.diagnosis(),
                    report.diagnosis().remedy());
        }
    }

    /** Builds a {@link CTCMonitor}. */
    public static final class Builder {

        private NonFinitePolicy policy = NonFinitePolicy.HALT;
        private GradientNormClipper clipper = new GradientNormClipper(Float.POSITIVE_INFINITY);
        private LongFunction<String> sampleNames = index -> "index " + index;
        private Consumer<EpochReport> onReport = CTCMonitor::log;
        private int patience = 5;
        private Optional<DoubleSupplier> learningRate = Optional.empty();

        Builder() {}

        /**
         * Sets what happens at a loss or gradient that is not finite.
         *
         * @param policy the policy; {@link NonFinitePolicy#HALT} by default
         * @return this builder
         */
        public Builder optNonFinite(NonFinitePolicy policy) {
            this.policy = Objects.requireNonNull(policy, "policy");
            return this;
        }

        /**
         * Sets the clipper of the gradients, which the monitor then runs.
         *
         * @param clipper the clipper; not to be added to the training configuration as well
         * @return this builder
         */
        public Builder optClipper(GradientNormClipper clipper) {
            this.clipper = Objects.requireNonNull(clipper, "clipper");
            return this;
        }

        /**
         * Sets how samples are named in reports.
         *
         * @param names gives the name of the sample of an index of the data set; "index 12" by
         *     default
         * @return this builder
         */
        public Builder optSampleNames(LongFunction<String> names) {
            sampleNames = Objects.requireNonNull(names, "names");
            return this;
        }

        /**
         * Sets for how many epochs the loss must not have fallen by 1 %, and the output been empty,
         * before that is called a collapse.
         *
         * @param epochs the number of epochs, 1 or more
         * @return this builder
         * @throws IllegalArgumentException if it is below 1
         */
        public Builder optPatience(int epochs) {
            if (epochs < 1) {
                throw new IllegalArgumentException("the patience is " + epochs + " epochs");
            }
            patience = epochs;
            return this;
        }

        /**
         * Sets where the monitor asks for the learning rate, to name it where training diverges.
         *
         * @param learningRate gives the rate of the latest update
         * @return this builder
         */
        public Builder optLearningRate(DoubleSupplier learningRate) {
            this.learningRate = Optional.of(learningRate);
            return this;
        }

        /**
         * Sets the consumer of the reports, in place of the log.
         *
         * @param onReport receives the report of every epoch
         * @return this builder
         */
        public Builder optOnReport(Consumer<EpochReport> onReport) {
            this.onReport = Objects.requireNonNull(onReport, "onReport");
            return this;
        }

        /**
         * Builds the monitor.
         *
         * @return the monitor
         */
        public CTCMonitor build() {
            return new CTCMonitor(this);
        }
    }
}
