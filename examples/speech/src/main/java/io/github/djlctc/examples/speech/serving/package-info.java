/**
 * What DJL makes of a speech model that was exported: its block, and its translators.
 *
 * <p>May use {@code audio}, {@code feature} and {@code model}.
 */
package io.github.djlctc.examples.speech.serving;
