/**
 * Training on several threads of one process, each with a share of the batch.
 *
 * <p>May use {@code engine}, {@code host}, {@code nn}.
 */
package io.github.djlctc.replica;
