/**
 * Forced alignment: where in the emissions the tokens and words of a known text lie.
 *
 * <p>May use {@code text} and {@code emission}.
 */
package io.github.djlctc.align;
