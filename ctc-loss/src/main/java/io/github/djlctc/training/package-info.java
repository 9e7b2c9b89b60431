/**
 * What a DJL trainer needs to train with CTC.
 *
 * <p>May use {@code loss}, {@code engine}, and {@code dataset}, for the contract of a batch.
 */
package io.github.djlctc.training;
