package io.github.djlctc.examples.speech.train;

import java.nio.file.Path;

/**
 * How a model is trained.
 *
 * @param epochs the number of times every utterance is seen
 * @param batchSize utterances per batch
 * @param learningRate the highest learning rate, reached after the warm-up
 * @param warmUpSteps the steps over which the learning rate rises from 0; it then falls to 0 along
 *     a cosine until the last step
 * @param weightDecay AdamW's weight decay
 * @param maxGradientNorm the limit of the global gradient norm
 * @param patience the epochs without a better validation CER after which training stops
 * @param seed decides initial parameters, dropout, the order of the batches and augmentation
 * @param folder where the best model is kept
 */
public record TrainingOptions(
        int epochs,
        int batchSize,
        float learningRate,
        int warmUpSteps,
        float weightDecay,
        float maxGradientNorm,
        int patience,
        long seed,
        Path folder) {

    /**
     * Checks the ranges.
     *
     * @param epochs 1 or more
     * @param batchSize 1 or more
     * @param learningRate above 0
     * @param warmUpSteps 0 or more
     * @param weightDecay 0 or more
     * @param maxGradientNorm above 0
     * @param patience 1 or more
     * @param seed any number
     * @param folder where the best model is kept
     */
    public TrainingOptions {
        require(epochs >= 1, "epochs", epochs);
        require(batchSize >= 1, "batch size", batchSize);
        require(learningRate > 0 && learningRate < 1e3, "learning rate", learningRate);
        require(warmUpSteps >= 0, "warm-up steps", warmUpSteps);
        require(weightDecay >= 0 && weightDecay < 1e3, "weight decay", weightDecay);
        require(maxGradientNorm > 0, "gradient norm limit", maxGradientNorm);
        require(patience >= 1, "patience", patience);
    }

    private static void require(boolean condition, String name, Number value) {
        if (!condition) {
            throw new IllegalArgumentException(name + " " + value + " is out of its range");
        }
    }
}
