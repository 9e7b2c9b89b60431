/**
 * Where in the emissions the tokens and words of a text lie: spans of frames, and forced alignment.
 *
 * <p>Works on float arrays and needs no engine. Depends on {@code io.github.djlctc.text}.
 */
package io.github.djlctc.align;
