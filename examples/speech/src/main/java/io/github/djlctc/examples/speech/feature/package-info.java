/**
 * From signals to the feature frames that the acoustic model reads.
 *
 * <p>May use {@code audio} and the library's {@code engine}.
 */
package io.github.djlctc.examples.speech.feature;
