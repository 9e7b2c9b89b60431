/**
 * Language models: n-gram models read from ARPA files and KenLM binaries, their estimation from
 * text, and the words a decoder may choose from.
 *
 * <p>Needs no engine. Depends on {@code io.github.djlctc.text}.
 */
package io.github.djlctc.lm;
