/**
 * The CTC loss.
 *
 * <p>May use {@code engine}, for PyTorch's operators, and {@code dataset}, for the contract of a
 * batch.
 */
package io.github.djlctc.loss;
