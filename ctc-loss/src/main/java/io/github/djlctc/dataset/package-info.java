/**
 * The contract of a batch of sequences, what makes such batches, and the audit of a data set before
 * training.
 *
 * <p>May use the DJL API and {@code text}.
 */
package io.github.djlctc.dataset;
