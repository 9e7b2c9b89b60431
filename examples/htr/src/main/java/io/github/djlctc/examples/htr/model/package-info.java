/**
 * The model that reads lines, and what is saved with it: its sizes and its alphabet.
 *
 * <p>May use {@code image}, the library's {@code engine}, {@code nn}, {@code loss} and {@code
 * text}, and what the examples share.
 */
package io.github.djlctc.examples.htr.model;
