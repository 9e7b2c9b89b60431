/**
 * The acoustic model, and what is saved with it: its sizes, its features and its alphabet.
 *
 * <p>May use {@code feature} and the library's {@code engine}, {@code nn}, {@code loss} and {@code
 * text}.
 */
package io.github.djlctc.examples.speech.model;
