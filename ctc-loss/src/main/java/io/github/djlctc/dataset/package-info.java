/**
 * Batches of samples that differ in length.
 *
 * <p>{@link io.github.djlctc.dataset.LengthBucketSampler} decides which samples share a batch, so
 * that little of it is padding; {@link io.github.djlctc.dataset.VariableLengthBatchifier} pads them
 * and appends their valid lengths, which the model and the loss need.
 *
 * <p>This package depends on the DJL API only.
 */
package io.github.djlctc.dataset;
