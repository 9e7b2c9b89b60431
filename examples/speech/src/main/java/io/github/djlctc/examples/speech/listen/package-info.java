/**
 * Listens to a microphone or to raw sound, and shows the text that grows.
 *
 * <p>May use {@code audio}, {@code live} and {@code transcript}, and the {@code report} package
 * that the examples share.
 */
package io.github.djlctc.examples.speech.listen;
