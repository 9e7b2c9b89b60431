/**
 * Estimates n-gram language models from text.
 *
 * <p>May use {@code lm} and {@code file}.
 */
package io.github.djlctc.lm.estimate;
