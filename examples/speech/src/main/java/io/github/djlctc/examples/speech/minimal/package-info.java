/**
 * A whole trainer in one file.
 *
 * <p>May use the library, DJL and Gson, and nothing of the examples.
 */
package io.github.djlctc.examples.speech.minimal;
