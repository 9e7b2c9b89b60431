/**
 * Turns the class scores of a CTC model into texts.
 *
 * <p>Works on float arrays, whatever framework computed them; only adapters take {@link
 * ai.djl.ndarray.NDArray}s, and none needs a particular engine. Depends on {@code
 * io.github.djlctc.text}, {@code io.github.djlctc.align} and {@code io.github.djlctc.lm}.
 */
package io.github.djlctc.decode;
