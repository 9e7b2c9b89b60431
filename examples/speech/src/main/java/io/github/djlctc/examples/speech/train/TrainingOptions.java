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
        Path folder) {}
