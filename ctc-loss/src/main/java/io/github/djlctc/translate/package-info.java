/**
 * Runs inputs through DJL models to texts: translators for DJL's predictors, and decoders of
 * arrays.
 *
 * <p>May use {@code text}, {@code emission}, {@code decode}, {@code host} and {@code batch}.
 */
package io.github.djlctc.translate;
