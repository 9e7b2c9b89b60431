/**
 * Language models: n-gram models read from ARPA files and KenLM binaries, their estimation from
 * text, and the words a decoder may choose from.
 *
 * <p>Needs no engine. Depends on the JDK, {@code io.github.djlctc.text} and {@code
 * io.github.djlctc.file} only.
 */
package io.github.djlctc.lm;
