/**
 * Looks at a data set before training: what cannot be trained on, and why.
 *
 * <p>May use {@code text}, {@code host}, {@code batch} and {@code loss}.
 */
package io.github.djlctc.audit;
