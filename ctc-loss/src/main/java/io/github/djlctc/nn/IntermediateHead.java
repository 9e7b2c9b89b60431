package io.github.djlctc.nn;

import ai.djl.MalformedModelException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.nn.core.Linear;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;

import io.github.djlctc.engine.TensorMismatchException;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;

/**
 * A linear layer that makes logits of the states between two layers, for the loss of these logits
 * in training ({@code IntermediateCTCLoss} of the package {@code loss}; J. Lee and S. Watanabe,
 * "Intermediate Loss Regularization for CTC-based Speech Recognition", ICASSP 2021).
 *
 * <p>Input: {@code [x (N,T,D), lengths (N)]}; x is float32 or float64, the lengths are of an
 * integer type, 1 to T. Output in training: {@code [x, lengths, logits (N,T,C)]}, otherwise {@code
 * [x, lengths]} or, without lengths, {@code [x]}. Further arrays are passed on before the logits,
 * so that several heads can stand in a {@code SequentialBlock}, each after a layer; the blocks of
 * this package pass them on too, and the output of the model in training is then {@code [logits,
 * lengths, logits of the first head, ...]}. No layer after a head may change the number of frames.
 *
 * <p>With {@linkplain Builder#optSelfConditioning self-conditioning}, in training and without, the
 * layers after the head are told what it predicts (J. Nozaki and T. Komatsu, "Relaxing the
 * Conditional Independence Assumption of CTC-based ASR by Conditioning on Intermediate
 * Predictions", Interspeech 2021): instead of x they get
 *
 * <p>\( x'_t = x_t + V y_t + c \), with \( y_t = softmax(z_t) \) over the classes of the logits \(
 * z_t = W x_t + b \), and \( x'_t = x_t \) beyond the length of a sequence, so that padding of
 * zeros remains. Each frame is treated alone. Without self-conditioning x passes as it is, and
 * outside training nothing is computed.
 *
 * <p>Parameters are {@code weight (C,D)} W and {@code bias (C)} b, and with self-conditioning
 * {@code conditioning_weight (D,C)} V and {@code conditioning_bias (D)} c. Every head has its own.
 */
public final class IntermediateHead extends SequenceBlock {

    private static final byte VERSION = 1;

    private final int classes;
    private final boolean selfConditioned;

    private IntermediateHead(Builder builder) {
        super(VERSION);
        classes = builder.classes;
        selfConditioned = builder.selfConditioned;
        addLinear("");
        if (selfConditioned) {
            addLinear("conditioning_");
        }
    }

    /**
     * Creates a builder.
     *
     * @return a builder without self-conditioning; the classes must be set
     */
    public static Builder builder() {
        return new Builder();
    }

    private void addLinear(String prefix) {
        addParameter(
                Parameter.builder()
                        .setName(prefix + "weight")
                        .setType(Parameter.Type.WEIGHT)
                        .build());
        addParameter(
                Parameter.builder().setName(prefix + "bias").setType(Parameter.Type.BIAS).build());
    }

    /** {@inheritDoc} */
    @Override
    protected void prepare(Shape[] inputShapes) {
        super.prepare(inputShapes);
        setParameterShapes(parameterShapes(inputShapes[0].get(2)));
    }

    /** Returns the shapes of all parameters, in their order; those of conditioning come last. */
    private List<Shape> parameterShapes(long features) {
        return List.of(
                new Shape(classes, features),
                new Shape(classes),
                new Shape(features, classes),
                new Shape(features));
    }

    /**
     * Computes the logits in training, and what the next layer gets.
     *
     * @throws TensorMismatchException if there are no lengths in training, or the input, the
     *     lengths or a parameter have another shape, data type or device than the settings and the
     *     other arrays demand
     * @throws IllegalArgumentException if a length is not from 1 to T
     */
    @Override
    protected NDList forwardInternal(
            ParameterStore parameterStore,
            NDList inputs,
            boolean training,
            PairList<String, Object> params) {
        if (!training && !selfConditioned) {
            return new NDList(inputs);
        }
        if (training && inputs.size() < 2) {
            throw new TensorMismatchException(
                    "an intermediate head needs [x (N,T,D), lengths (N)] in training, but is given"
                            + " x alone, to which it cannot add its logits: the next layer would"
                            + " take them for lengths");
        }
        NDArray states = inputs.head();
        NDList weights = checkedParameters(parameterStore, states, training);
        SequenceLengths lengths = SequenceLengths.ofInputs(inputs);
        NDArray logits = linear(states, weights.get(0), weights.get(1));
        NDList output = new NDList(states);
        if (selfConditioned) {
            output = new NDList(conditioned(states, logits, weights, lengths));
        }
        output.addAll(inputs.subNDList(1));
        if (training) {
            output.add(logits);
        } else {
            logits.close();
        }
        return output;
    }

    private static NDArray conditioned(
            NDArray states, NDArray logits, NDList weights, SequenceLengths lengths) {
        int frames = Math.toIntExact(states.getShape().get(1));
        try (NDArray posteriors = logits.softmax(2);
                NDArray message = linear(posteriors, weights.get(2), weights.get(3));
                NDArray mask = lengths.mask(states.getManager(), frames);
                NDArray column = mask.expandDims(2);
                NDArray masked = message.mul(column)) {
            return states.add(masked);
        }
    }

    private static NDArray linear(NDArray input, NDArray weight, NDArray bias) {
        return Linear.linear(input, weight, bias).singletonOrThrow();
    }

    @Override
    long checkParameters(NDList weights) {
        Shape first = weights.head().getShape();
        long features = first.dimension() == 2 ? first.get(1) : -1;
        checkParameterShapes(weights, parameterShapes(features), settings());
        return features;
    }

    /** Returns the shapes of the output outside training: those of the input. */
    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
        return inputShapes.clone();
    }

    private String settings() {
        return describe(classes, selfConditioned ? 1 : 0);
    }

    private static String describe(int classes, int conditioning) {
        return "a head of "
                + classes
                + " classes "
                + (conditioning == 0 ? "without" : "with")
                + " self-conditioning";
    }

    /** {@inheritDoc} */
    @Override
    protected void saveMetadata(DataOutputStream os) throws IOException {
        os.writeInt(classes);
        os.writeInt(selfConditioned ? 1 : 0);
        super.saveMetadata(os);
    }

    /**
     * {@inheritDoc}
     *
     * @throws MalformedModelException if the parameters are of a head with other settings
     */
    @Override
    protected void loadMetadata(byte loadVersion, DataInputStream is)
            throws IOException, MalformedModelException {
        if (loadVersion == VERSION) {
            checkSettings(describe(is.readInt(), is.readInt()), settings());
        }
        super.loadMetadata(loadVersion, is);
    }

    /** Builds an {@link IntermediateHead}. */
    public static final class Builder {

        private int classes;
        private boolean selfConditioned;

        Builder() {}

        /**
         * Sets the number of classes C, that of the output of the model: labels and blank.
         *
         * @param classes the number, 2 or more
         * @return this builder
         */
        public Builder setClasses(int classes) {
            this.classes = classes;
            return this;
        }

        /**
         * Adds what the head predicts to what the next layer gets.
         *
         * @return this builder
         */
        public Builder optSelfConditioning() {
            selfConditioned = true;
            return this;
        }

        /**
         * Builds the block.
         *
         * @return the block
         * @throws IllegalArgumentException if there are fewer than 2 classes
         */
        public IntermediateHead build() {
            if (classes < 2) {
                throw new IllegalArgumentException(
                        "an intermediate head of "
                                + classes
                                + " classes: 2 or more expected, labels and blank");
            }
            return new IntermediateHead(this);
        }
    }
}
