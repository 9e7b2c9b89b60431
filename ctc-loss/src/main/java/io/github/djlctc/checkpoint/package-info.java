/**
 * Checkpoints from which training resumes exactly, and the optimizer that they can save.
 *
 * <p>May use {@code file}, {@code engine}, {@code host} and {@code nn}.
 */
package io.github.djlctc.checkpoint;
