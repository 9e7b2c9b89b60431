/**
 * Language models: n-gram models read from ARPA files and KenLM binaries, their estimation from
 * text, and the words a decoder may choose from.
 *
 * <p>Needs no engine. Depends on the JDK and {@code io.github.djlctc.text} only.
 */
package io.github.djlctc.lm;
