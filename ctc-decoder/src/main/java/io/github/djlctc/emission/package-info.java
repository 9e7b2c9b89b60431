/**
 * Rows of class scores, whatever framework computed them, their checks, and the spans of frames
 * that tokens and words take in them.
 *
 * <p>May use {@code text} and nothing else of this library.
 */
package io.github.djlctc.emission;
