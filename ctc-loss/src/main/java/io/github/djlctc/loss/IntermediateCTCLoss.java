package io.github.djlctc.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.loss.AbstractCompositeLoss;
import ai.djl.training.loss.Loss;
import ai.djl.util.Pair;

import io.github.djlctc.batch.CTCInputException;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The CTC loss of a model with intermediate heads: that of its output, and shares of those of the
 * heads, which are given the same labels (J. Lee and S. Watanabe, "Intermediate Loss Regularization
 * for CTC-based Speech Recognition", ICASSP 2021; with K heads, J. Nozaki and T. Komatsu, "Relaxing
 * the Conditional Independence Assumption of CTC-based ASR by Conditioning on Intermediate
 * Predictions", Interspeech 2021). The lower layers get gradients that have not come through all of
 * the others, and the model learns to tell labels apart early.
 *
 * <p>\( L = (1 - w) L_{out} + \frac{w}{K} \sum_{k=1}^{K} L_k + \frac{v}{M} \sum_{m=1}^{M} L'_m \),
 * with K heads whose loss takes the place of a share w of the output's ({@link
 * Builder#optInterpolated}), and M whose loss comes on top of it ({@link Builder#optAdded}); one of
 * the two numbers may be 0.
 *
 * <p>Predictions in training are {@code [logits (N,T,C), lengths (N)]}, then the logits of the K
 * heads and those of the M heads, each of the shape, data type and device of the first. {@code
 * IntermediateHead} of the package {@code nn} makes them. Labels are those of {@link CTCLoss}.
 *
 * <p>The losses of the heads have the settings of the output's, without label smoothing and weight
 * of the blank. The mean of an accumulator is that of the output alone, so that it can be compared
 * with other models and with validation, where predictions are {@code [logits, lengths]} and the
 * heads have none. {@link #getComponents()} has the loss of the output and then those of the heads,
 * each with its own mean.
 */
public final class IntermediateCTCLoss extends AbstractCompositeLoss {

    private static final int LENGTHS = 1;
    private static final int FIRST_HEAD = 2;

    /** The loss of the output, then those of the heads. */
    private final List<CTCLoss> losses = new ArrayList<>();

    /** The weight of each of them. */
    private final List<Double> weights = new ArrayList<>();

    private IntermediateCTCLoss(Builder builder) {
        super(builder.name);
        losses.add(builder.output);
        weights.add(1 - builder.interpolated.map(Heads::weight).orElse(0.0));
        builder.interpolated.ifPresent(this::add);
        builder.added.ifPresent(this::add);
        components = List.copyOf(losses);
    }

    private void add(Heads heads) {
        CTCLoss output = losses.get(0);
        for (int i = 0; i < heads.count(); i++) {
            losses.add(
                    output.withoutRegularization(output.getName() + " of head " + losses.size()));
        }
        weights.addAll(Collections.nCopies(heads.count(), heads.weight() / heads.count()));
    }

    /** Heads that share a weight. */
    private record Heads(int count, double weight) {

        Heads {
            if (count < 1) {
                throw new IllegalArgumentException(count + " heads: 1 or more expected");
            }
        }
    }

    /**
     * Creates a builder.
     *
     * @return a builder with the loss of the output as {@link CTCLoss#builder()} builds it; heads
     *     must be set
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Computes the loss of a batch.
     *
     * @param labels the labels, as {@link CTCLoss} takes them
     * @param predictions {@code [logits, lengths]} and the logits of all heads
     * @return a scalar of the type of the logits (float32 for float16), attached to their manager
     * @throws CTCInputException if the logits of heads are missing or too many, or not like those
     *     of the output, or {@link CTCLoss} cannot use the batch
     */
    @Override
    public NDArray evaluate(NDList labels, NDList predictions) {
        check(predictions);
        NDArray total = share(0, labels, predictions);
        for (int i = 1; i < losses.size(); i++) {
            try (NDArray before = total;
                    NDArray share = share(i, labels, predictions)) {
                total = before.add(share);
            }
        }
        return total;
    }

    private NDArray share(int component, NDList labels, NDList predictions) {
        NDArray loss = losses.get(component).evaluate(labels, input(component, predictions));
        double weight = weights.get(component);
        if (weight == 1) {
            return loss;
        }
        // Back-propagation reads the factor again, when an array over Java's memory may be freed;
        // ones() allocates memory of the engine.
        try (NDArray whole = loss;
                NDArray factor =
                        loss.getManager().ones(new Shape(), loss.getDataType()).muli(weight)) {
            return whole.mul(factor);
        }
    }

    private void check(NDList predictions) {
        int heads = losses.size() - 1;
        int given = predictions.size() - FIRST_HEAD;
        if (given != heads) {
            throw new CTCInputException(
                    (given < 1 ? "no logits" : "the logits of " + given)
                            + " of intermediate heads among the "
                            + predictions.size()
                            + " predictions, but the loss is of "
                            + heads
                            + ": [logits, lengths] and those of each head expected; heads give"
                            + " them in training only, and a loss is built for their number");
        }
        NDArray logits = predictions.head();
        for (int i = 1; i <= heads; i++) {
            checkLike(logits, input(i, predictions).head(), i);
        }
    }

    private static void checkLike(NDArray logits, NDArray ofHead, int head) {
        if (!ofHead.getShape().equals(logits.getShape())
                || ofHead.getDataType() != logits.getDataType()
                || !ofHead.getDevice().equals(logits.getDevice())) {
            throw new CTCInputException(
                    "the logits of intermediate head %d are %s, but those of the output %s"
                                    .formatted(head, describe(ofHead), describe(logits))
                            + "; a head must have the classes of the output, and no layer after it"
                            + " may change the number of frames");
        }
    }

    private static String describe(NDArray logits) {
        return logits.getDataType() + " " + logits.getShape() + " on " + logits.getDevice();
    }

    @Override
    protected Pair<NDList, NDList> inputForComponent(
            int componentIndex, NDList labels, NDList predictions) {
        return new Pair<>(labels, input(componentIndex, predictions));
    }

    private static NDList input(int component, NDList predictions) {
        return component == 0
                ? predictions.subNDList(0, Math.min(FIRST_HEAD, predictions.size()))
                : new NDList(predictions.get(FIRST_HEAD + component - 1), predictions.get(LENGTHS));
    }

    /** {@inheritDoc} */
    @Override
    public void updateAccumulator(String key, NDList labels, NDList predictions) {
        updateAccumulators(new String[] {key}, labels, predictions);
    }

    /**
     * Adds the losses of a batch to accumulators: that of the output, and those of the heads if
     * their logits are there. As with {@link CTCLoss}, nothing is computed again for the arrays of
     * the latest {@link #evaluate}.
     *
     * @param keys the accumulators
     * @param labels the labels
     * @param predictions {@code [logits, lengths]} or {@code [logits]}, as in validation, or those
     *     of training
     * @throws CTCInputException as {@link #evaluate}
     * @throws IllegalArgumentException if an accumulator was not added before
     */
    @Override
    public void updateAccumulators(String[] keys, NDList labels, NDList predictions) {
        if (predictions.size() <= FIRST_HEAD) {
            losses.get(0).updateAccumulators(keys, labels, predictions);
            return;
        }
        check(predictions);
        super.updateAccumulators(keys, labels, predictions);
    }

    /**
     * Resets an accumulator of all losses. Infeasible samples of the output are logged as {@link
     * CTCLoss} does. The heads have the same targets and frames, and are not logged.
     *
     * @param key the accumulator
     * @throws IllegalArgumentException if the accumulator was not added before
     */
    @Override
    public void resetAccumulator(String key) {
        losses.get(0).resetAccumulator(key);
        heads().forEach(head -> head.addAccumulator(key));
    }

    /**
     * Returns the mean of an accumulator of the output's loss.
     *
     * @param key the accumulator
     * @return the mean since the last reset, NaN if nothing was added
     * @throws IllegalArgumentException if the accumulator was not added before
     */
    @Override
    public float getAccumulator(String key) {
        return losses.get(0).getAccumulator(key);
    }

    /**
     * Takes the batch of the latest {@link #evaluate} out of all means; see {@link
     * CTCLoss#leaveOut}.
     *
     * @param labels the labels of the batch, the same arrays
     * @param predictions the predictions of the batch, the same arrays
     */
    public void leaveOut(NDList labels, NDList predictions) {
        int given = Math.max(0, predictions.size() - FIRST_HEAD);
        for (int i = 0; i <= Math.min(given, losses.size() - 1); i++) {
            losses.get(i).leaveOut(labels, input(i, predictions));
        }
    }

    /**
     * Returns the losses of the heads for a batch on the host; see {@link CTCLoss#losses}.
     *
     * @param labels the labels
     * @param predictions the predictions
     * @return the losses of each head whose logits are among the predictions
     * @throws CTCInputException if the batch cannot be used
     */
    public List<BatchLosses> headLosses(NDList labels, NDList predictions) {
        int given = Math.max(0, predictions.size() - FIRST_HEAD);
        return IntStream.rangeClosed(1, Math.min(given, losses.size() - 1))
                .mapToObj(i -> losses.get(i).losses(labels, input(i, predictions)))
                .toList();
    }

    /**
     * Returns the loss of the output.
     *
     * @return the first of the {@linkplain #getComponents() components}
     */
    public CTCLoss output() {
        return losses.get(0);
    }

    /**
     * Returns the losses of the heads.
     *
     * @return the other {@linkplain #getComponents() components}, in the order of the logits
     */
    public List<Loss> heads() {
        return components.subList(1, components.size());
    }

    /** Builds an {@link IntermediateCTCLoss}. */
    public static final class Builder {

        private String name = "IntermediateCTCLoss";
        private CTCLoss output = CTCLoss.builder().build();
        private Optional<Heads> interpolated = Optional.empty();
        private Optional<Heads> added = Optional.empty();

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
         * Sets the loss of the output.
         *
         * @param output the loss, whose settings but for the regularization are those of the heads
         * @return this builder
         */
        public Builder optOutput(CTCLoss output) {
            this.output = Objects.requireNonNull(output, "output");
            return this;
        }

        /**
         * Sets heads whose loss takes the place of a share of the output's: \( (1 - w) L_{out} +
         * \frac{w}{K} \sum_k L_k \).
         *
         * @param heads the number K, 1 or more
         * @param weight the share w, above 0 and below 1; 0.3 and 0.5 are usual
         * @return this builder
         * @throws IllegalArgumentException if one of them is out of range
         */
        public Builder optInterpolated(int heads, double weight) {
            if (!(weight > 0 && weight < 1)) {
                throw new IllegalArgumentException(
                        "the share of the intermediate heads must be above 0 and below 1, but is "
                                + weight);
            }
            interpolated = Optional.of(new Heads(heads, weight));
            return this;
        }

        /**
         * Sets heads whose loss is added to the output's: \( L_{out} + \frac{v}{M} \sum_m L'_m \),
         * as for the CTC shortcut of G. Retsinas et al. ("Best practices for a handwritten text
         * recognition system", 2024).
         *
         * @param heads the number M, 1 or more
         * @param weight the weight v, above 0
         * @return this builder
         * @throws IllegalArgumentException if one of them is out of range
         */
        public Builder optAdded(int heads, double weight) {
            if (!(weight > 0 && Double.isFinite(weight))) {
                throw new IllegalArgumentException(
                        "the weight of the intermediate heads must be above 0, but is " + weight);
            }
            added = Optional.of(new Heads(heads, weight));
            return this;
        }

        /**
         * Builds the loss.
         *
         * @return the loss
         * @throws IllegalStateException if there is no head
         */
        public IntermediateCTCLoss build() {
            if (interpolated.isEmpty() && added.isEmpty()) {
                throw new IllegalStateException(
                        "no intermediate heads: call optInterpolated or optAdded, or take the"
                                + " CTCLoss itself");
            }
            return new IntermediateCTCLoss(this);
        }
    }
}
