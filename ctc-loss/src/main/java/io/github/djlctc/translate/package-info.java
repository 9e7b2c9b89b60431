/**
 * Brings the output of DJL models to the decoders.
 *
 * <p>May use {@code text}, {@code emission}, {@code decode} and {@code host}.
 */
package io.github.djlctc.translate;
