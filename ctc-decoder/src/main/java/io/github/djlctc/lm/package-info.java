/**
 * Language models: n-gram models read from ARPA files and KenLM binaries, and the words that a
 * decoder may choose from.
 *
 * <p>May use {@code text}.
 */
package io.github.djlctc.lm;
