package io.github.djlctc.examples.common.model;

import io.github.djlctc.loss.IntermediateCTCLoss;
import io.github.djlctc.nn.IntermediateHead;

import java.util.Objects;

/**
 * Heads after every LSTM layer of a model but the last, whose CTC loss has a share in training.
 *
 * @param weight the share of the loss of the heads, together
 * @param conditioning whether the layers after a head are told what it predicts
 */
public record IntermediateConfig(double weight, Conditioning conditioning) {

    private static final int MIN_LAYERS = 2;

    /** The logits of a head, their gradient and what the loss makes of them. */
    private static final int ARRAYS_OF_CLASSES = 3;

    /** The posteriors and their gradient. */
    private static final int ARRAYS_OF_POSTERIORS = 2;

    /** What is added to the states, before and after masking, and the sum, with gradients. */
    private static final int ARRAYS_OF_STATES = 6;

    /** What the layers after a head get. */
    public enum Conditioning {
        /** The states of the layer before it. */
        NONE,
        /** These, and a linear layer of the posteriors of the head. */
        SELF
    }

    /**
     * Checks the values.
     *
     * @param weight above 0 and below 1
     * @param conditioning whether the layers after a head are told what it predicts
     */
    public IntermediateConfig {
        Objects.requireNonNull(conditioning, "the conditioning is missing or unknown");
        if (!(weight > 0 && weight < 1)) {
            throw new IllegalArgumentException(
                    "the weight of the intermediate loss, "
                            + weight
                            + ", is not above 0 and below 1");
        }
    }

    /**
     * Checks that there is a place for a head.
     *
     * @param layers the LSTM layers of the model
     * @throws IllegalArgumentException if there is none
     */
    public void checkLayers(int layers) {
        if (layers < MIN_LAYERS) {
            throw new IllegalArgumentException(
                    "intermediate heads are between LSTM layers, but the model has "
                            + layers
                            + "; 2 or more expected");
        }
    }

    /**
     * Sets the heads of a loss.
     *
     * @param builder the builder of the loss
     * @param layers the LSTM layers of the model
     * @return the builder
     */
    public IntermediateCTCLoss.Builder addTo(IntermediateCTCLoss.Builder builder, int layers) {
        return builder.optInterpolated(layers - 1, weight);
    }

    /** Returns a new head. */
    IntermediateHead newHead(int classes) {
        IntermediateHead.Builder builder = IntermediateHead.builder().setClasses(classes);
        return conditioning == Conditioning.SELF
                ? builder.optSelfConditioning().build()
                : builder.build();
    }

    /**
     * Estimates what the heads and their losses take of memory in a step of training.
     *
     * @param stateSize the state size of each direction of the LSTM layers
     * @param layers the number of LSTM layers
     * @param classes the number of classes
     * @return the values of float32 for a frame
     */
    public long trainingFloats(int stateSize, int layers, int classes) {
        long ofHead = (long) ARRAYS_OF_CLASSES * classes;
        if (conditioning == Conditioning.SELF) {
            ofHead += (long) ARRAYS_OF_POSTERIORS * classes + ARRAYS_OF_STATES * 2L * stateSize;
        }
        return (layers - 1) * ofHead;
    }

    /**
     * Describes the heads.
     *
     * @param layers the LSTM layers of the model
     * @return words, such as "with 1 intermediate CTC head (weight 0.3)"
     */
    public String describe(int layers) {
        return String.format(
                "with %d %sintermediate CTC %s (weight %s)",
                layers - 1,
                conditioning == Conditioning.SELF ? "self-conditioning " : "",
                layers == MIN_LAYERS ? "head" : "heads",
                weight);
    }
}
