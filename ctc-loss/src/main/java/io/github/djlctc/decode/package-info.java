/**
 * Turns the class scores of a CTC model into texts: greedy decoding, and beam search with language
 * model, lexicon and hotwords, of whole samples, batches and streams.
 *
 * <p>Works on float arrays, whatever framework computed them; only adapters take {@link
 * ai.djl.ndarray.NDArray}s, and none needs a particular engine. Depends on {@code
 * io.github.djlctc.lm}, {@code io.github.djlctc.align} and {@code io.github.djlctc.text}.
 */
package io.github.djlctc.decode;
