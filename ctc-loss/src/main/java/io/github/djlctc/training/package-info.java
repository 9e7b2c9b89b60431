/**
 * What a DJL trainer needs to train with CTC: gradient clipping, and checkpoints from which
 * training resumes exactly.
 *
 * <p>May use {@code loss}, {@code engine}, {@code host}, {@code file}, and {@code dataset}, for the
 * contract of a batch.
 */
package io.github.djlctc.training;
