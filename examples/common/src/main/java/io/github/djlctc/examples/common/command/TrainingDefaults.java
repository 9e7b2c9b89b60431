package io.github.djlctc.examples.common.command;

/**
 * The training options that depend on the data and the model.
 *
 * @param epochs the number of epochs
 * @param learningRate the highest learning rate
 * @param warmUpSteps the steps until then
 * @param maxGradientNorm the limit of the global gradient norm
 */
public record TrainingDefaults(
        int epochs, float learningRate, int warmUpSteps, float maxGradientNorm) {

    private static final float USUAL_GRADIENT_NORM = 3;

    /**
     * Creates options with a limit of the global gradient norm of 3.
     *
     * @param epochs the number of epochs
     * @param learningRate the highest learning rate
     * @param warmUpSteps the steps until then
     */
    public TrainingDefaults(int epochs, float learningRate, int warmUpSteps) {
        this(epochs, learningRate, warmUpSteps, USUAL_GRADIENT_NORM);
    }
}
