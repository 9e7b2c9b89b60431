/**
 * Error rates as evaluators of a DJL trainer.
 *
 * <p>May use {@code text}, {@code metric}, {@code decode}, {@code batch} and {@code translate}.
 */
package io.github.djlctc.evaluator;
