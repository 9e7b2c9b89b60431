package io.github.djlctc.checkpoint;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.nn.Block;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.ParameterTracker;
import ai.djl.training.tracker.Tracker;

import io.github.djlctc.engine.TensorCheck;
import io.github.djlctc.engine.TorchScriptProgram;
import io.github.djlctc.host.HostArrays;
import io.github.djlctc.nn.Gradients;
import io.github.djlctc.nn.Gradients.Gradient;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;

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

    private static final TorchScriptProgram PROGRAM =
            TorchScriptProgram.ofResource(ResumableAdamW.class, "adamw.py");

    /** Few enough that what the operators read and write stays in the cache of a core. */
    private static final double VALUES_AT_ONCE_ON_CPU = 1 << 16;

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
    public int updates() {
        return updates;
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalStateException if the parameter comes from a second device
     * @throws io.github.djlctc.engine.TensorMismatchException if the gradient has not the shape and
     *     device of the parameter, or the parameter another shape or type than at its earlier
     *     updates
     * @throws IllegalArgumentException if the learning rate or the weight decay is not finite
     */
    @Override
    public void update(String parameterId, NDArray weight, NDArray grad) {
        Moments state = momentsOf(parameterId, weight);
        state.check(parameterId, weight, grad);
        state.updates++;
        updates = Math.max(updates, state.updates);
        float learningRate = learningRate(parameterId, updates);
        weight.getNDArrayInternal()
                .adamUpdate(
                        new NDList(weight, grad, state.mean, state.variance),
                        new NDList(weight),
                        learningRate,
                        correctedRate(learningRate, updates),
                        getWeightDecay(),
                        rescaleGrad,
                        clipGrad,
                        beta1,
                        beta2,
                        epsilon,
                        true,
                        true);
    }

    /**
     * Updates all parameters of a model once and sets their gradients to zero, in place of {@link
     * ai.djl.training.Trainer#step()}, which calls {@link #update} for every parameter.
     *
     * <p>The parameters that have one type and learning rate are updated by one program. On devices
     * other than the CPU it runs about a dozen operators, each over all of them ({@code
     * torch._foreach_add_} and its like), does not wait for the device, and needs memory for two
     * more copies of the parameters while it runs. On the CPU, where the cache is what counts, it
     * takes large parameters one after the other and small ones together. The results are those of
     * {@link #update}, bit for bit on the CPU. Both may be used in one run.
     *
     * <p>Frozen parameters stay as they are. One that back-propagation has not reached has a
     * gradient of zeros: decay and momentum move it, as in {@code Trainer.step()}. A parameter that
     * several blocks share is updated once. A parameter that was frozen for some updates gets the
     * learning rate and the corrections of this update, as all others do; {@code Trainer.step()}
     * may give it those of the update before. Gradients that are all zero are no error, which they
     * are in {@code Trainer.step()} at its first call.
     *
     * @param block the block of the trainer's model, whose parameters are on the trainer's device
     * @throws IllegalStateException if no parameter requires a gradient, or one is on a second
     *     device
     * @throws io.github.djlctc.engine.TensorMismatchException as {@link #update}, before anything
     *     is changed
     * @throws IllegalArgumentException if the learning rate or the weight decay is not finite
     */
    public void updateAll(Block block) {
        updateAll(
                block,
                device ->
                        Device.Type.CPU.equals(device.getDeviceType())
                                ? VALUES_AT_ONCE_ON_CPU
                                : Double.POSITIVE_INFINITY);
    }

    /** Updates all parameters; small ones are joined up to a number of values for the device. */
    void updateAll(Block block, ToDoubleFunction<Device> valuesAtOnce) {
        try (Gradients gradients = Gradients.of(block)) {
            if (gradients.isEmpty()) {
                throw new IllegalStateException(
                        "no parameter of "
                                + block.getClass().getName()
                                + " requires a gradient, so there is nothing to update");
            }
            int update = updates;
            for (Gradient gradient : gradients) {
                Moments state = momentsOf(gradient.parameter().getId(), gradient.weight());
                state.check(gradient.path(), gradient.weight(), gradient.array());
                update = Math.max(update, state.updates + 1);
            }
            for (Map.Entry<Kind, List<Gradient>> kind : byKind(gradients, update).entrySet()) {
                float learningRate = kind.getKey().learningRate();
                update(kind.getValue(), learningRate, update, valuesAtOnce);
            }
            updates = update;
        }
    }

    private Map<Kind, List<Gradient>> byKind(Gradients gradients, int update) {
        Map<Kind, List<Gradient>> kinds = new LinkedHashMap<>();
        for (Gradient gradient : gradients) {
            float learningRate = learningRate(gradient.parameter().getId(), update);
            Kind kind = new Kind(gradient.weight().getDataType(), learningRate);
            kinds.computeIfAbsent(kind, key -> new ArrayList<>()).add(gradient);
        }
        return kinds;
    }

    private void update(
            List<Gradient> gradients,
            float learningRate,
            int update,
            ToDoubleFunction<Device> valuesAtOnce) {
        NDList weights = new NDList();
        NDList arrays = new NDList();
        NDList means = new NDList();
        NDList variances = new NDList();
        for (Gradient gradient : gradients) {
            Moments state = moments.get(gradient.parameter().getId());
            state.updates++;
            weights.add(gradient.weight());
            arrays.add(gradient.array());
            means.add(state.mean);
            variances.add(state.variance);
        }
        NDManager owner = weights.head().getManager();

        double[] settings = {
            learningRate,
            correctedRate(learningRate, update),
            getWeightDecay(),
            rescaleGrad,
            clipGrad,
            beta1,
            1 - beta1,
            beta2,
            1 - beta2,
            epsilon,
            valuesAtOnce.applyAsDouble(owner.getDevice())
        };
        weights.addAll(arrays);
        weights.addAll(means);
        weights.addAll(variances);
        try (NDManager host = owner.newSubManager(Device.cpu())) {
            PROGRAM.infer(new NDList(host.create(settings)), weights);
        }
    }

    private Moments momentsOf(String parameterId, NDArray weight) {
        Moments state = moments.computeIfAbsent(parameterId, id -> newMoments(weight));
        if (!state.mean.getDevice().equals(weight.getDevice())) {
            throw new IllegalStateException(
                    "the trainer uses "
                            + state.mean.getDevice()
                            + " and "
                            + weight.getDevice()
                            + ", but this optimizer can serve one device only");
        }
        return state;
    }

    private float learningRate(String parameterId, int update) {
        float learningRate = learningRateTracker.getNewValue(parameterId, update);
        float weightDecay = getWeightDecay();
        if (!Float.isFinite(learningRate) || !Float.isFinite(weightDecay)) {
            throw new IllegalArgumentException(
                    "update "
                            + update
                            + ": learning rate "
                            + learningRate
                            + ", weight decay "
                            + weightDecay
                            + "; both must be finite");
        }
        return learningRate;
    }

    /** Returns the learning rate with the corrections of the bias of both moments. */
    private float correctedRate(float learningRate, int update) {
        double meanCorrection = 1 - Math.pow(beta1, update);
        double varianceCorrection = 1 - Math.pow(beta2, update);
        return (float) (learningRate * Math.sqrt(varianceCorrection) / meanCorrection);
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
                                        HostArrays.readBytes(state.mean),
                                        HostArrays.readBytes(state.variance)));
    }

    /** Drops all moments, and sets the number of updates that are done. */
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

    /** Releases the moments. */
    @Override
    public void close() {
        moments.clear();
        if (manager != null) {
            manager.close();
            manager = null;
        }
    }

    /** What parameters must have in common to be updated by one operator. */
    private record Kind(DataType type, float learningRate) {}

    private static final class Moments {

        private final NDArray mean;
        private final NDArray variance;
        private int updates;

        Moments(NDArray mean, NDArray variance, int updates) {
            this.mean = mean;
            this.variance = variance;
            this.updates = updates;
        }

        /** Checks that weight, gradient and moments have one form. */
        void check(String name, NDArray weight, NDArray gradient) {
            TensorCheck.of("the parameter " + name, weight)
                    .isFloating()
                    .hasShape(mean.getShape(), "the moments of its earlier updates")
                    .isLike("these moments", mean);
            TensorCheck.of("the gradient of " + name, gradient)
                    // DJL's gradient is float32 where back-propagation has not been.
                    .isFloating()
                    .hasShape(weight.getShape(), "the parameter")
                    .isOn(weight.getDevice());
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
