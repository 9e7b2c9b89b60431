package io.github.djlctc.examples.common.command;

/**
 * The training options that depend on the data.
 *
 * @param epochs the number of epochs
 * @param batchSize the samples of a step
 * @param learningRate the highest learning rate
 * @param warmUpSteps the steps until then
 */
public record TrainingDefaults(int epochs, int batchSize, float learningRate, int warmUpSteps) {}
