/**
 * What was said and when: transcriptions, and the formats they are written in.
 *
 * <p>May use Gson, and the {@code console} and {@code report} packages that the examples share.
 */
package io.github.djlctc.examples.speech.transcript;
