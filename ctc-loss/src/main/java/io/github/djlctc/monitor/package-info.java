/**
 * Watches training: gradient clipping, steps that are not finite, and statistics of each epoch.
 *
 * <p>May use {@code engine}, {@code host}, {@code nn}, {@code batch} and {@code loss}.
 */
package io.github.djlctc.monitor;
