package io.github.djlctc.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.ParameterTracker;
import ai.djl.training.tracker.Tracker;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * AdamW whose state a {@link TrainingCheckpoint} can save and restore; DJL's own keeps it private.
 *
 * <p>For update t of a parameter w with gradient g, learning rate \( \eta_t \) and weight decay \(
 * \lambda \):
 *
 * <p>\( w \leftarrow w (1 - \eta_t \lambda) \)<br>
 * \( m \leftarrow \beta_1 m + (1 - \beta_1) g \)<br>
 * \( v \leftarrow \beta_2 v + (1 - \beta_2) g^2 \)<br>
 * \( w \leftarrow w - \eta_t \frac{\sqrt{1 - \beta_2^t}}{1 - \beta_1^t} \frac{m}{\sqrt{v} +
 * \epsilon} \)
 *
 * <p>Loshchilov and Hutter, "Decoupled Weight Decay Regularization", ICLR 2019, algorithm 2. It
 * runs the same operator as DJL's {@link ai.djl.training.optimizer.AdamW}, with the same defaults
 * and bit for bit the same results. With a weight decay of 0 it is Adam.
 *
 * <p>The learning rate is asked of the tracker by the number of the update, counted from 1, so that
 * the number is all that there is to save of a tracker; DJL's trackers are functions of it.
 *
 * <p>The trainer must use one device. The moments live as long as the model's manager, or until
 * {@link #close()}.
 */
public final class ResumableAdamW extends Optimizer implements AutoCloseable {

    private final ParameterTracker learningRateTracker;
    private final float beta1;
    private final float beta2;
    private final float epsilon;
    private final int beginNumUpdate;
    private final Map<String, Moments> moments = new ConcurrentHashMap<>();
    private NDManager manager;
    private int updates;

    private ResumableAdamW(Builder builder) {
        super(builder);
        learningRateTracker = builder.learningRateTracker;
        beta1 = builder.beta1;
        beta2 = builder.beta2;
        epsilon = builder.epsilon;
        beginNumUpdate = builder.beginNumUpdate;
        updates = beginNumUpdate;
    }

    /**
     * Returns a builder.
     *
     * @return a new builder, with a learning rate of 0.001 and a weight decay of 0.01
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Returns the number of updates so far, those before the checkpoint included.
     *
     * @return the number of the latest update, counted from 1; 0 before the first
     */
    public int getUpdates() {
        return updates;
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalStateException if the parameter comes from a second device
     * @throws IllegalArgumentException if the learning rate or the weight decay is not finite
     */
    @Override
    public void update(String parameterId, NDArray weight, NDArray grad) {
        Moments state = moments.computeIfAbsent(parameterId, id -> newMoments(weight));
        if (!state.mean.getDevice().equals(weight.getDevice())) {
            throw new IllegalStateException(
                    "the trainer uses "
                            + state.mean.getDevice()
                            + " and "
                            + weight.getDevice()
                            + ", but this optimizer can serve one device only");
        }
        state.updates++;
        updates = Math.max(updates, state.updates);
        float learningRate = learningRateTracker.getNewValue(parameterId, updates);
        float weightDecay = getWeightDecay();
        if (!Float.isFinite(learningRate) || !Float.isFinite(weightDecay)) {
            throw new IllegalArgumentException(
                    "update "
                            + updates
                            + ": learning rate "
                            + learningRate
                            + ", weight decay "
                            + weightDecay
                            + "; both must be finite");
        }
        double meanCorrection = 1 - Math.pow(beta1, updates);
        double varianceCorrection = 1 - Math.pow(beta2, updates);
        weight.getNDArrayInternal()
                .adamUpdate(
                        new NDList(weight, grad, state.mean, state.variance),
                        new NDList(weight),
                        learningRate,
                        (float) (learningRate * Math.sqrt(varianceCorrection) / meanCorrection),
                        weightDecay,
                        rescaleGrad,
                        clipGrad,
                        beta1,
                        beta2,
                        epsilon,
                        true,
                        true);
    }

    private Moments newMoments(NDArray weight) {
        NDArray mean = weight.zerosLike();
        NDArray variance = weight.zerosLike();
        return new Moments(owned(mean, weight), owned(variance, weight), beginNumUpdate);
    }

    private NDArray owned(NDArray array, NDArray weight) {
        if (manager == null) {
            manager = weight.getManager().newSubManager();
        }
        array.attach(manager);
        return array;
    }

    /** Copies the moments of a parameter; there are none before its first update. */
    Optional<SavedMoments> save(String parameterId) {
        return Optional.ofNullable(moments.get(parameterId))
                .map(
                        state ->
                                new SavedMoments(
                                        state.updates,
                                        state.mean.toByteBuffer(false),
                                        state.variance.toByteBuffer(false)));
    }

    /** Forgets all moments, and goes on after the given number of updates. */
    void reset(int updates) {
        close();
        this.updates = updates;
    }

    /** Puts back the moments of a parameter. */
    void restore(String parameterId, NDArray weight, SavedMoments saved) {
        moments.put(
                parameterId,
                new Moments(
                        owned(SavedParameter.array(weight, saved.mean()), weight),
                        owned(SavedParameter.array(weight, saved.variance()), weight),
                        saved.updates()));
    }

    /** Releases the moments, before the model's manager would. */
    @Override
    public void close() {
        moments.clear();
        if (manager != null) {
            manager.close();
            manager = null;
        }
    }

    private static final class Moments {

        private final NDArray mean;
        private final NDArray variance;
        private int updates;

        Moments(NDArray mean, NDArray variance, int updates) {
            this.mean = mean;
            this.variance = variance;
            this.updates = updates;
        }
    }

    /** Builds a {@link ResumableAdamW}. */
    public static final class Builder extends OptimizerBuilder<Builder> {

        private ParameterTracker learningRateTracker = Tracker.fixed(0.001f);
        private float beta1 = 0.9f;
        private float beta2 = 0.999f;
        private float epsilon = 1e-8f;
        private int beginNumUpdate;

        private Builder() {
            optWeightDecays(0.01f);
        }

        @Override
        protected Builder self() {
            return this;
        }

        @Override
        public Builder optBeginNumUpdate(int beginNumUpdate) {
            this.beginNumUpdate = beginNumUpdate;
            return super.optBeginNumUpdate(beginNumUpdate);
        }

        /**
         * Sets the learning rate; fixed to 0.001 by default.
         *
         * @param learningRateTracker gives the learning rate of an update
         * @return this builder
         */
        public Builder optLearningRateTracker(ParameterTracker learningRateTracker) {
            this.learningRateTracker = learningRateTracker;
            return this;
        }

        /**
         * Sets the decay rate of the mean of the gradients; 0.9 by default.
         *
         * @param beta1 the rate, from 0 to below 1
         * @return this builder
         */
        public Builder optBeta1(float beta1) {
            this.beta1 = beta1;
            return this;
        }

        /**
         * Sets the decay rate of the mean of the squared gradients; 0.999 by default.
         *
         * @param beta2 the rate, from 0 to below 1
         * @return this builder
         */
        public Builder optBeta2(float beta2) {
            this.beta2 = beta2;
            return this;
        }

        /**
         * Sets what is added to the root of the second moment; 1e-8 by default.
         *
         * @param epsilon the small number, above 0
         * @return this builder
         */
        public Builder optEpsilon(float epsilon) {
            this.epsilon = epsilon;
            return this;
        }

        /**
         * Builds the optimizer.
         *
         * @return the optimizer
         */
        public ResumableAdamW build() {
            return new ResumableAdamW(this);
        }
    }
}
