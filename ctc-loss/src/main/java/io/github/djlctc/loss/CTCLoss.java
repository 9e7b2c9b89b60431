package io.github.djlctc.loss;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.training.listener.EvaluatorTrainingListener;
import ai.djl.training.loss.Loss;

import io.github.djlctc.batch.CTCBatch;
import io.github.djlctc.batch.CTCInputException;
import io.github.djlctc.batch.EmissionLayout;
import io.github.djlctc.engine.PyTorch;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * The Connectionist Temporal Classification loss.
 *
 * <p>For emissions x of T frames and a target z, the loss is the negative logarithm of the summed
 * probability of all alignments of z (Graves et al. 2006, "Connectionist Temporal Classification",
 * equations 3 and 8):
 *
 * <p>\( L(x, z) = -\ln \sum_{\pi \in B^{-1}(z)} \prod_{t=1}^{T} y^t_{\pi_t} \), with \( y^t =
 * softmax(x^t) \) and B the map that merges repeated labels and then removes blanks.
 *
 * <p>Predictions are {@code [logits (N,T,C)]} or {@code [logits, inputLengths (N)]}; labels are
 * {@code [targets (N,S)]} padded with -1, {@code [targets (N,S), targetLengths (N)]}, or {@code
 * [targets (sum of lengths), targetLengths (N)]} with the targets one after another. N is the
 * number of samples, T of frames, C of classes (labels and blank), S of label positions. Ids and
 * lengths are int64; other integer types, and floating types with whole values, are accepted.
 *
 * <p>The logits need not be normalised: a log_softmax is always applied, and changes nothing on
 * logits that already end in one. The gradient with respect to the logits is exact in either case;
 * its own derivative is not defined. Logits are float32 or float64; float16 is computed in float32,
 * other types are an error.
 *
 * <p>What comes of input that cannot be right:
 *
 * <table>
 * <caption>Outcomes of bad input, on every device and in both layouts</caption>
 * <thead><tr><th>input</th><th>outcome</th></tr></thead>
 * <tbody>
 * <tr><td>target id negative, C or above, or equal to the blank</td>
 *     <td>{@link CTCInputException}</td></tr>
 * <tr><td>a label after the padding; target length negative or above S; input length negative or
 *     above T; ids or lengths that are not whole; wrong shapes or types; C below 2; no sample or no
 *     frame</td><td>{@link CTCInputException}</td></tr>
 * <tr><td>fewer frames than the target length plus its adjacent equal labels, input length 0 with
 *     a target among them</td><td>infinite: {@link InfeasiblePolicy}</td></tr>
 * <tr><td>an empty target</td><td>the loss of blanks in every frame; 0 for input length 0</td></tr>
 * <tr><td>a logit of minus infinity</td><td>a class of probability 0 with gradient 0; if it leaves
 *     no alignment, an infinite loss</td></tr>
 * <tr><td>NaN, plus infinity, or a frame of only minus infinity within the input length</td>
 *     <td>loss NaN, never hidden; the sample's gradient is NaN. With too few frames as well, the
 *     sample is infinite or NaN, and 0 under {@link InfeasiblePolicy#ZERO}</td></tr>
 * <tr><td>anything in frames beyond the input length</td><td>ignored: gradient 0</td></tr>
 * </tbody>
 * </table>
 *
 * <p>If under {@link InfeasiblePolicy#ZERO} no sample of a batch has an alignment, for want of
 * frames or because of logits of minus infinity, one element of the gradient is 1e-30 and not 0,
 * which moves no parameter: DJL's trainers end training if all gradients of the first batch are 0.
 * (Of logits of minus infinity on a GPU, only until a batch has had an alignment.)
 *
 * <p>One instance may serve several devices and threads.
 */
public final class CTCLoss extends Loss {

    private static final Logger logger = LoggerFactory.getLogger(CTCLoss.class);
    private static final Set<String> WITHIN_EPOCH =
            Set.of(EvaluatorTrainingListener.TRAIN_ALL, EvaluatorTrainingListener.TRAIN_PROGRESS);

    private final CTCAlgorithm algorithm;
    private final LossSettings settings;
    private final long paddingLabel;
    private final LatestBatches latest = new LatestBatches();
    private final LossAccumulators accumulators = new LossAccumulators();
    private final List<BiConsumer<NDList, NDList>> followers = new CopyOnWriteArrayList<>();

    /** Whether a batch has had a gradient that is not all 0. */
    private volatile boolean hasGradient;

    private CTCLoss(Builder builder) {
        super(builder.name);
        algorithm = builder.algorithm;
        settings =
                new LossSettings(
                        builder.blank,
                        builder.layout,
                        builder.reduction,
                        builder.infeasiblePolicy,
                        builder.labelSmoothing,
                        builder.blankRegularization);
        paddingLabel = builder.paddingLabel;
    }

    /**
     * Creates a builder.
     *
     * @return a builder with blank 0, mean reduction, batch-major logits, padding -1 and zero loss
     *     for infeasible samples
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Computes the loss of a batch.
     *
     * @param labels {@code [targets]} or {@code [targets, targetLengths]}
     * @param predictions {@code [logits]} or {@code [logits, inputLengths]}
     * @return a scalar of the type of the logits (float32 for float16), attached to their manager
     * @throws CTCInputException if the batch cannot be used; see the table above
     * @throws LossMemoryException if memory runs out
     */
    @Override
    public NDArray evaluate(NDList labels, NDList predictions) {
        return evaluateAndKeep(labels, predictions, LossAlgorithm::reduced);
    }

    /**
     * Computes the loss of every sample of a batch.
     *
     * @param labels {@code [targets]} or {@code [targets, targetLengths]}
     * @param predictions {@code [logits]} or {@code [logits, inputLengths]}
     * @return the losses (N), of the type of the logits (float32 for float16) and attached to their
     *     manager; 0 for infeasible samples under {@link InfeasiblePolicy#ZERO}
     * @throws CTCInputException if the batch cannot be used; see the table above
     * @throws LossMemoryException if memory runs out
     */
    public NDArray evaluatePerSample(NDList labels, NDList predictions) {
        return evaluateAndKeep(labels, predictions, LossAlgorithm::perSample);
    }

    private interface Computation {
        LossAlgorithm.Evaluation of(
                LossAlgorithm algorithm, NDArray logits, CTCBatch batch, LossSettings settings);
    }

    /** The loss of a batch, and what is kept of it for the metrics. */
    record Result(NDArray loss, EvaluatedBatch batch) {}

    private NDArray evaluateAndKeep(NDList labels, NDList predictions, Computation computation) {
        Result result = compute(labels, predictions, computation, batch -> {});
        keep(result.batch());
        return result.loss();
    }

    /** Computes the reduced loss of a batch if it passes a check that a composite loss adds. */
    Result compute(NDList labels, NDList predictions, Consumer<CTCBatch> check) {
        return compute(labels, predictions, LossAlgorithm::reduced, check);
    }

    /** Keeps a result for the metrics of the same batch. */
    void keep(EvaluatedBatch batch) {
        latest.keep(batch);
    }

    private Result compute(
            NDList labels, NDList predictions, Computation computation, Consumer<CTCBatch> check) {
        CTCBatch batch = CTCBatch.read(labels, predictions, settings.layout(), paddingLabel);
        batch.checkTargets(settings.blank());
        check.accept(batch);
        if (settings.infeasiblePolicy() == InfeasiblePolicy.THROW) {
            FrameShortage.reject(batch);
        }
        NDArray logits = predictions.head();
        LossAlgorithm chosen = algorithm.choose(logits);
        if (NothingFeasible.applies(batch, settings)) {
            chosen = NothingFeasible.INSTANCE;
        }
        LossAlgorithm running = chosen;
        LossAlgorithm.Evaluation evaluation =
                LossMemoryException.guard(
                        batch, () -> computation.of(running, logits, batch, settings));
        if (chosen != NothingFeasible.INSTANCE && isInfiniteThroughout(evaluation, logits, batch)) {
            evaluation.loss().close();
            evaluation.values().close();
            evaluation = computation.of(NothingFeasible.INSTANCE, logits, batch, settings);
        }
        return new Result(
                evaluation.loss(),
                new EvaluatedBatch(labels, predictions, batch, evaluation.values()));
    }

    /**
     * Tells whether all samples are dropped for what is found while computing: impossible labels.
     */
    private boolean isInfiniteThroughout(
            LossAlgorithm.Evaluation evaluation, NDArray logits, CTCBatch batch) {
        boolean isOnHost = logits.getDevice().equals(Device.cpu());
        // Trainers look at their first step only, and a device should not be waited for later.
        if (!settings.dropsInfinite() || !PyTorch.isRecording() || (hasGradient && !isOnHost)) {
            return false;
        }
        BatchLosses losses = new BatchLosses(batch, evaluation.values().read(), false);
        for (int n = 0; n < batch.size(); n++) {
            if (!losses.isInfinite(n)) {
                hasGradient = true;
                return false;
            }
        }
        return true;
    }

    /** {@inheritDoc} */
    @Override
    public void addAccumulator(String key) {
        accumulators.add(key);
    }

    /** {@inheritDoc} */
    @Override
    public void updateAccumulator(String key, NDList labels, NDList predictions) {
        updateAccumulators(new String[] {key}, labels, predictions);
    }

    /**
     * Adds the loss of a batch to accumulators.
     *
     * <p>If the arrays are those of the latest {@link #evaluate} on their device, as they are in
     * DJL's training loop, its result is used and nothing is computed again.
     *
     * @param keys the accumulators
     * @param labels {@code [targets]} or {@code [targets, targetLengths]}
     * @param predictions {@code [logits]} or {@code [logits, inputLengths]}
     * @throws CTCInputException if the batch cannot be used; see the table above
     * @throws IllegalArgumentException if an accumulator was not added before
     */
    @Override
    public void updateAccumulators(String[] keys, NDList labels, NDList predictions) {
        BatchLosses losses = losses(labels, predictions);
        // A mean over samples must not depend on how they were batched.
        boolean isMean = settings.reduction() == Reduction.MEAN;
        double total = losses.reduced() * (isMean ? losses.batch().size() : 1);
        int weight = isMean ? countedSamples(losses) : 1;
        for (String key : keys) {
            accumulators.get(key).add(losses, total, weight);
        }
    }

    /** Returns how many samples the loss is of: dropped ones would make it look lower. */
    private int countedSamples(BatchLosses losses) {
        int counted = losses.batch().size();
        for (int n = 0; n < losses.batch().size(); n++) {
            if (settings.dropsInfinite() && losses.isInfinite(n)) {
                counted--;
            }
        }
        return counted;
    }

    /**
     * Returns the losses of a batch on the host.
     *
     * <p>If the arrays are those of the latest {@link #evaluate} on their device, its result is
     * read and nothing is computed again.
     *
     * @param labels {@code [targets]} or {@code [targets, targetLengths]}
     * @param predictions {@code [logits]} or {@code [logits, inputLengths]}
     * @return the losses
     * @throws CTCInputException if the batch cannot be used; see the table above
     */
    public BatchLosses losses(NDList labels, NDList predictions) {
        return latest.losses(labels, predictions)
                .orElseGet(() -> computeLosses(labels, predictions));
    }

    private BatchLosses computeLosses(NDList labels, NDList predictions) {
        Result result = compute(labels, predictions, batch -> {});
        result.loss().close();
        try (EvaluatedBatch evaluated = result.batch()) {
            return evaluated.losses();
        }
    }

    /**
     * Takes the batch of the latest {@link #evaluate} out of all means, those that have it already
     * and those that are about to get it, for a batch that is not trained on after all. It is still
     * looked through for infeasible samples. Other batches are not affected.
     *
     * @param labels the labels of the batch, the same arrays
     * @param predictions the predictions of the batch, the same arrays
     */
    public void leaveOut(NDList labels, NDList predictions) {
        latest.leaveOut(labels, predictions).forEach(accumulators::leaveOut);
        followers.forEach(follower -> follower.accept(labels, predictions));
    }

    /** Has someone told of the batches that are left out. */
    void alsoLeaveOut(BiConsumer<NDList, NDList> follower) {
        followers.add(follower);
    }

    LossSettings settings() {
        return settings;
    }

    /**
     * Returns the class of the blank.
     *
     * @return the class, 0 to C-1
     */
    public int blank() {
        return settings.blank();
    }

    /**
     * Returns the order of the dimensions of the logits.
     *
     * @return the layout
     */
    public EmissionLayout layout() {
        return settings.layout();
    }

    /** Returns another loss with the same settings, but for label smoothing and blanks. */
    CTCLoss withoutRegularization(String name) {
        return builder()
                .optName(name)
                .optAlgorithm(algorithm)
                .optBlank(settings.blank())
                .optReduction(settings.reduction())
                .optLayout(settings.layout())
                .optPaddingLabel(paddingLabel)
                .optInfeasible(settings.infeasiblePolicy())
                .build();
    }

    /**
     * Resets an accumulator. For those that run over an epoch, the infeasible samples since the
     * last reset are logged first: how many, why, and the first of them.
     *
     * @param key the accumulator
     * @throws IllegalArgumentException if the accumulator was not added before
     */
    @Override
    public void resetAccumulator(String key) {
        LossAccumulator finished = accumulators.get(key);
        if (!WITHIN_EPOCH.contains(key)) {
            finished.infiniteLosses()
                    .ifPresent(report -> logger.warn("{}, {}: {}", getName(), key, report));
        }
        accumulators.add(key);
    }

    /**
     * Returns the mean of an accumulator: over samples for {@link Reduction#MEAN}, without those
     * that {@link InfeasiblePolicy#ZERO} drops, over batches for {@link Reduction#SUM}.
     *
     * @param key the accumulator
     * @return the mean since the last reset, NaN if nothing was added
     * @throws IllegalArgumentException if the accumulator was not added before
     */
    @Override
    public float getAccumulator(String key) {
        return (float) accumulators.get(key).mean();
    }

    /**
     * Returns how many samples since the last reset of an accumulator had an infinite loss.
     *
     * @param key the accumulator
     * @return the number of samples
     * @throws IllegalArgumentException if the accumulator was not added before
     */
    public long infeasibleSamples(String key) {
        return accumulators.get(key).infiniteSamples();
    }

    /** Builds a {@link CTCLoss}. */
    public static final class Builder {

        private String name = "CTCLoss";
        private CTCAlgorithm algorithm = CTCAlgorithm.AUTO;
        private int blank;
        private Reduction reduction = Reduction.MEAN;
        private EmissionLayout layout = EmissionLayout.BATCH_MAJOR;
        private long paddingLabel = -1;
        private InfeasiblePolicy infeasiblePolicy = InfeasiblePolicy.ZERO;
        private double labelSmoothing;
        private double blankRegularization;

        Builder() {}

        /**
         * Sets the name shown in metrics.
         *
         * @param name the name
         * @return this builder
         */
        public Builder optName(String name) {
            this.name = Objects.requireNonNull(name, "name");
            return this;
        }

        /**
         * Sets how the loss is computed.
         *
         * @param algorithm the algorithm; {@link CTCAlgorithm#AUTO} by default
         * @return this builder
         */
        public Builder optAlgorithm(CTCAlgorithm algorithm) {
            this.algorithm = Objects.requireNonNull(algorithm, "algorithm");
            return this;
        }

        /**
         * Sets the class of the blank.
         *
         * @param blank the class, 0 (the default) to C-1
         * @return this builder
         * @throws IllegalArgumentException if it is negative
         */
        public Builder optBlank(int blank) {
            if (blank < 0) {
                throw new IllegalArgumentException("the blank is class " + blank);
            }
            this.blank = blank;
            return this;
        }

        /**
         * Sets how the losses of a batch become one number.
         *
         * @param reduction the reduction; {@link Reduction#MEAN} by default
         * @return this builder
         */
        public Builder optReduction(Reduction reduction) {
            this.reduction = Objects.requireNonNull(reduction, "reduction");
            return this;
        }

        /**
         * Sets the order of the dimensions of the logits.
         *
         * @param layout the layout; {@link EmissionLayout#BATCH_MAJOR} by default
         * @return this builder
         */
        public Builder optLayout(EmissionLayout layout) {
            this.layout = Objects.requireNonNull(layout, "layout");
            return this;
        }

        /**
         * Sets the label that ends targets where no target lengths are given.
         *
         * @param paddingLabel the label; -1 by default
         * @return this builder
         */
        public Builder optPaddingLabel(long paddingLabel) {
            this.paddingLabel = paddingLabel;
            return this;
        }

        /**
         * Sets what happens to samples whose loss is infinite.
         *
         * @param policy the policy; {@link InfeasiblePolicy#ZERO} by default
         * @return this builder
         */
        public Builder optInfeasible(InfeasiblePolicy policy) {
            infeasiblePolicy = Objects.requireNonNull(policy, "policy");
            return this;
        }

        /**
         * Keeps the model from being too sure: mixes the loss of a sample with the divergence of
         * its frames from the uniform distribution U over all C classes, the blank included.
         *
         * <p>\( L' = (1 - \epsilon) L + \epsilon \sum_{t=1}^{T} D_{KL}(y^t || U) \), with \(
         * D_{KL}(y^t || U) = \ln C + \sum_k y^t_k \ln y^t_k \) over the valid frames of the sample
         * (S. Kim, M. Seltzer, J. Li and R. Zhao, "Improved Training for Online End-to-end Speech
         * Recognition Systems", Interspeech 2018, section 3.3). The reduction applies to L'. A
         * sample whose loss is dropped as infeasible is dropped whole.
         *
         * @param epsilon the share, from 0 (the default, off) to below 1; 0.05 is usual
         * @return this builder
         * @throws IllegalArgumentException if it is out of range
         */
        public Builder optLabelSmoothing(double epsilon) {
            if (!(epsilon >= 0 && epsilon < 1)) {
                throw new IllegalArgumentException(
                        "the share of label smoothing must be from 0 to below 1, but is "
                                + epsilon);
            }
            labelSmoothing = epsilon;
            return this;
        }

        /**
         * Makes blanks cost something: adds the sum of the blank's posteriors over the valid frames
         * of a sample, \( \lambda \sum_{t=1}^{T} y^t_{blank} \), to its loss.
         *
         * <p>CTC alone drives models to spikes between long runs of blanks (A. Zeyer, R. Schlüter
         * and H. Ney, "Why does CTC result in peaky behavior?", 2021). The reduction applies to the
         * sum. A sample whose loss is dropped as infeasible is dropped whole.
         *
         * @param lambda the weight; 0, the default, is off; above 0 there are fewer blanks, below 0
         *     more
         * @return this builder
         * @throws IllegalArgumentException if it is not finite
         */
        public Builder optBlankRegularization(double lambda) {
            if (!Double.isFinite(lambda)) {
                throw new IllegalArgumentException(
                        "the weight of the blank's posterior is " + lambda);
            }
            blankRegularization = lambda;
            return this;
        }

        /**
         * Builds the loss.
         *
         * @return the loss
         */
        public CTCLoss build() {
            return new CTCLoss(this);
        }
    }
}
