/**
 * Blocks that respect the valid lengths of the sequences in a batch.
 *
 * <p>May use {@code engine}, {@code host}.
 */
package io.github.djlctc.nn;
