/**
 * What a DJL trainer needs to train with CTC.
 *
 * <p>May use {@code loss} and {@code engine}.
 */
package io.github.djlctc.training;
