/**
 * The contract of a batch of sequences, and what makes such batches.
 *
 * <p>May use {@code host}.
 */
package io.github.djlctc.batch;
