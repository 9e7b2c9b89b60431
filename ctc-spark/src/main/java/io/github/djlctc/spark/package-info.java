/**
 * CTC on Apache Spark: data frames in, data frames out.
 *
 * <p>May use {@code text}, {@code emission}, {@code lm}, {@code lm.estimate}, {@code decode} and
 * {@code metric} of the library, and Spark.
 */
package io.github.djlctc.spark;
