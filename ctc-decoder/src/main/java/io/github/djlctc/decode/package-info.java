/**
 * Turns the class scores of a CTC model into texts: greedy decoding, and beam search with language
 * model, lexicon and hotwords, of whole samples, batches and streams.
 *
 * <p>Works on float arrays. May use {@code text}, {@code file}, {@code emission}, {@code lm} and
 * {@code metric}.
 */
package io.github.djlctc.decode;
