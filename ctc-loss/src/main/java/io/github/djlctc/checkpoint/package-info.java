/**
 * Checkpoints from which training resumes exactly, the optimizer that they can save, and averages
 * of parameters.
 *
 * <p>May use {@code file}, {@code engine}, {@code host} and {@code nn}.
 */
package io.github.djlctc.checkpoint;
