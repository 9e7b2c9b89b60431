package io.github.djlctc.examples.common.command;

/**
 * The training options that depend on the data.
 *
 * @param epochs the number of epochs
 * @param learningRate the highest learning rate
 * @param warmUpSteps the steps until then
 */
public record TrainingDefaults(int epochs, float learningRate, int warmUpSteps) {}
