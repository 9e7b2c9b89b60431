/**
 * The contract of a batch of sequences, and what makes such batches.
 *
 * <p>May use the DJL API and {@code text}.
 */
package io.github.djlctc.dataset;
