/**
 * Blocks that respect the valid lengths of the sequences in a batch.
 *
 * <p>May use {@code engine}.
 */
package io.github.djlctc.nn;
