/**
 * Transcribes sound of any length in bounded memory. May use the library's decoders, {@code audio},
 * {@code model} and {@code transcript}.
 */
package io.github.djlctc.examples.speech.transcribe;
