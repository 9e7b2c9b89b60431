/**
 * Turns the class scores of a CTC model into texts.
 *
 * <p>Works on float arrays, whatever framework computed them; only adapters take {@link
 * ai.djl.ndarray.NDArray}s, and none needs a particular engine. Depends on {@code
 * io.github.djlctc.text}.
 */
package io.github.djlctc.decode;
