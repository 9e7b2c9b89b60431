package io.github.djlctc.examples.common.command;

import io.github.djlctc.examples.common.train.Averaging;
import io.github.djlctc.examples.common.train.TrainingOptions;
import io.github.djlctc.monitor.NonFinitePolicy;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.nio.file.Path;
import java.util.Objects;
import java.util.OptionalDouble;

/** Options that say how a model is trained: duration, optimizer, stopping and randomness. */
final class TrainingSettings {

    static final String EPOCHS = "--epochs";
    static final String LEARNING_RATE = "--learning-rate";
    static final String WARM_UP = "--warm-up";
    static final String PATIENCE = "--patience";

    private static final int LEAST_PATIENCE = 12;

    @Option(names = EPOCHS, paramLabel = "N", description = "Epochs.")
    private Integer epochs;

    @Mixin private BatchOptions batches;

    @Option(
            names = LEARNING_RATE,
            paramLabel = "R",
            description = "The highest learning rate of AdamW.")
    private Float learningRate;

    @Option(
            names = WARM_UP,
            paramLabel = "N",
            description = "Steps until the highest learning rate; then it falls along a cosine.")
    private Integer warmUpSteps;

    @Option(
            names = "--weight-decay",
            defaultValue = "0.01",
            paramLabel = "R",
            description = "AdamW's weight decay (default: ${DEFAULT-VALUE}).")
    private float weightDecay;

    @Option(
            names = "--clip",
            defaultValue = "3",
            paramLabel = "NORM",
            description = "The limit of the global gradient norm (default: ${DEFAULT-VALUE}).")
    private float maxGradientNorm;

    @Option(
            names = "--on-divergence",
            defaultValue = "halt",
            paramLabel = "WHAT",
            description =
                    "What happens at a loss or gradient that is not finite:"
                            + " ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private NonFinitePolicy onDivergence;

    @Option(
            names = PATIENCE,
            paramLabel = "N",
            description =
                    "Stop after so many epochs without a better mean of validation CER and WER"
                            + " (default: half of the epochs, 12 or more: a model is best when the"
                            + " learning rate has fallen).")
    private Integer patience;

    @Option(
            names = "--seed",
            defaultValue = "1",
            paramLabel = "N",
            description =
                    "Decides initial parameters, dropout, order and augmentation (default:"
                            + " ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--average",
            paramLabel = "DECAY",
            description =
                    "Keep the exponential moving average of the parameters, with this decay, such"
                            + " as 0.999. It is the average that is validated and saved (default:"
                            + " none).")
    private Double average;

    @Option(
            names = "--mean-of-best",
            defaultValue = "0",
            paramLabel = "K",
            description =
                    "At the end, measure the mean of the parameters of the K best epochs on the"
                            + " validation set, and keep it as the model if it is better than the"
                            + " best epoch (default: none).")
    private int meanOfBest;

    /** Returns the most samples of a batch. */
    int batchSize(TrainingDefaults defaults) {
        return batches.bounds(defaults).samples();
    }

    /**
     * Returns the options that were given, and the defaults in place of the others.
     *
     * @param defaults the options that depend on the data
     * @param consistencyWeight the weight of the consistency between two views, 0 for one
     * @param concatenatedShare the share of the training samples that follow each other in one
     * @param folder where the best model is kept
     * @param replicas the threads that train
     * @throws IllegalArgumentException if a value is out of its range
     */
    TrainingOptions options(
            TrainingDefaults defaults,
            double consistencyWeight,
            double concatenatedShare,
            Path folder,
            int replicas) {
        int ofRun = Objects.requireNonNullElse(epochs, defaults.epochs());
        return new TrainingOptions(
                ofRun,
                batches.bounds(defaults),
                Objects.requireNonNullElse(learningRate, defaults.learningRate()),
                Objects.requireNonNullElse(warmUpSteps, defaults.warmUpSteps()),
                weightDecay,
                maxGradientNorm,
                onDivergence,
                Objects.requireNonNullElse(patience, Math.max(LEAST_PATIENCE, ofRun / 2)),
                seed,
                consistencyWeight,
                concatenatedShare,
                new Averaging(
                        average == null ? OptionalDouble.empty() : OptionalDouble.of(average),
                        meanOfBest),
                folder,
                replicas);
    }
}
