/**
 * Forced alignment: finds the tokens and words of a known text in the emissions.
 *
 * <p>May use {@code text} and {@code emission}.
 */
package io.github.djlctc.align;
