/**
 * CTC on Apache Spark: data frames in, data frames out.
 *
 * <p>May use {@code text}, {@code emission}, {@code lm}, {@code lm.estimate}, {@code decode},
 * {@code metric}, {@code audit} and {@code serving} of the library, DJL and Spark.
 */
package io.github.djlctc.spark;
