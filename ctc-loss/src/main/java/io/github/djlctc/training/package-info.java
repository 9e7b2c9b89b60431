/**
 * What a DJL trainer needs to train with CTC: gradient clipping, and checkpoints from which
 * training resumes exactly.
 *
 * <p>May use {@code loss} and {@code engine}.
 */
package io.github.djlctc.training;
