package io.github.djlctc.examples.common.train;

/**
 * What the mean of the parameters of the best epochs came to.
 *
 * @param epochs the number of the epochs, fewer than wanted in a shorter run
 * @param evaluation its errors on the validation set
 * @param best whether they are fewer than those of the best epoch, so that the mean is the model
 */
public record MeanResult(int epochs, Evaluation evaluation, boolean best) {}
