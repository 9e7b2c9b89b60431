/**
 * Error rates of recognised texts.
 *
 * <p>The plain functions depend on {@code io.github.djlctc.text} and the JDK only.
 */
package io.github.djlctc.metric;
