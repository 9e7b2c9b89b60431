/**
 * Error rates of recognised texts, as plain functions and as DJL evaluators.
 *
 * <p>The plain functions may use {@code text} and the JDK only; the evaluators also {@code decode}
 * and, for the contract of a batch, {@code dataset}.
 */
package io.github.djlctc.metric;
