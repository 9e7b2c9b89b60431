/**
 * Recognises sound while it comes: a model and a decoder that streams share ({@code LiveModel}),
 * and a stream of sound that becomes sentences ({@code LiveRecogniser}).
 *
 * <p>May use {@code audio}, {@code feature}, {@code model}, {@code transcribe}, {@code transcript},
 * the {@code report} package that the examples share, and the library's {@code text}, {@code
 * emission} and {@code decode}.
 */
package io.github.djlctc.examples.speech.live;
