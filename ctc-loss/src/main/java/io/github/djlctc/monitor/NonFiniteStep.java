package io.github.djlctc.monitor;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * A training step whose loss or gradient is NaN or infinite, and where that came from.
 *
 * <p>Back-propagation spreads NaN from the output towards the input, so the last parameter with
 * such a gradient is the one in which it appeared first.
 *
 * @param epoch the epoch, from 1
 * @param step the step within the epoch, from 1
 * @param cause why
 * @param samples the samples that caused it, in the order of the batch; empty if no single one can
 *     be named
 * @param gradient the path of the last parameter, in the order of the blocks, with a gradient that
 *     is not finite; empty if all gradients are finite
 * @param parameter the path of the first parameter, in the order of the blocks, that itself holds a
 *     value that is not finite; empty if all values are finite
 * @param learningRate the learning rate of the latest update, if the monitor was told how to ask
 */
public record NonFiniteStep(
        int epoch,
        int step,
        Cause cause,
        List<Sample> samples,
        Optional<String> gradient,
        Optional<String> parameter,
        OptionalDouble learningRate) {

    private static final int NAMED = 5;

    /** Why a loss or gradient is not finite. */
    public enum Cause {
        /** A parameter was not finite before the step, or is not after the last one of an epoch. */
        PARAMETER(
                "a parameter of the model is not finite",
                "an earlier step put it there: go back to an earlier checkpoint, and lower the"
                        + " learning rate or warm it up"),
        /** The features of a sample hold NaN or an infinity. */
        INPUT(
                "the features are not finite",
                "correct the sample or leave it out; a logarithm of 0 and a division by a"
                        + " deviation of 0 are the usual origins"),
        /** A target does not fit into its frames, under {@code KEEP_INFINITE}. */
        TOO_FEW_FRAMES(
                "a target does not fit into its frames",
                "leave the sample out, subsample less, or let CTCLoss drop it with"
                        + " InfeasiblePolicy.ZERO"),
        /** The logits give every alignment of a target probability 0. */
        IMPOSSIBLE_TARGET(
                "the logits give a target probability 0",
                "a logit is minus infinity: mask classes with a large negative number instead"),
        /** The model makes logits that are not finite of finite features and parameters. */
        ACTIVATION(
                "the model's output is not finite, while its input and parameters are",
                "activations overflow: lower the learning rate, warm it up, clip the gradient"
                        + " norm, or normalise between layers"),
        /** The losses are finite, but the gradient is not. */
        GRADIENT(
                "the gradient is not finite, while the losses are",
                "the gradient explodes: lower the learning rate, warm it up, or look for a square"
                        + " root, logarithm or division at 0 in the model");

        private final String description;
        private final String remedy;

        Cause(String description, String remedy) {
            this.description = description;
            this.remedy = remedy;
        }

        /**
         * Returns what to do about it.
         *
         * @return a part of a sentence
         */
        public String remedy() {
            return remedy;
        }
    }

    /**
     * A sample that caused it.
     *
     * @param index the index in the batch, from 0
     * @param name the name in the data set
     * @param problem what is wrong with it
     */
    public record Sample(int index, String name, String problem) {

        @Override
        public String toString() {
            return "sample " + index + " of the batch (" + name + "): " + problem;
        }
    }

    /**
     * Copies the samples.
     *
     * @param epoch the epoch, from 1
     * @param step the step within the epoch, from 1
     * @param cause why
     * @param samples the samples that caused it
     * @param gradient the last parameter with a gradient that is not finite
     * @param parameter the first parameter that itself is not finite
     * @param learningRate the learning rate of the latest update
     */
    public NonFiniteStep {
        samples = List.copyOf(samples);
        // Missing in what earlier versions of the monitor saved.
        learningRate = learningRate == null ? OptionalDouble.empty() : learningRate;
    }

    /** Returns all of it as sentences, with the first five samples and the remedy. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        text.append("epoch ").append(epoch).append(", step ").append(step).append(": ");
        text.append(cause.description);
        if (!samples.isEmpty()) {
            String named =
                    samples.stream()
                            .limit(NAMED)
                            .map(Sample::toString)
                            .collect(Collectors.joining("; "));
            text.append("; ").append(named);
            if (samples.size() > NAMED) {
                text.append("; and ").append(samples.size() - NAMED).append(" more");
            }
        }
        parameter.ifPresent(path -> text.append("; first in the parameter ").append(path));
        learningRate.ifPresent(
                rate -> text.append("; the learning rate was ").append((float) rate));
        gradient.ifPresent(path -> text.append("; first in the gradient of ").append(path));
        return text.append(". Remedy: ").append(cause.remedy).append('.').toString();
    }
}
