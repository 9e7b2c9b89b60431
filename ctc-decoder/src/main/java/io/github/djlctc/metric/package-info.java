/**
 * Error rates of recognised texts.
 *
 * <p>May use {@code text}.
 */
package io.github.djlctc.metric;
