/**
 * What was said and when: transcriptions, and the formats they are written in.
 *
 * <p>May use the library's {@code emission} and {@code decode}.
 */
package io.github.djlctc.examples.speech.transcript;
