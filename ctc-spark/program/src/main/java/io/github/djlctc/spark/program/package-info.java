/**
 * The program {@code ctc-spark}. May depend on the library, on what the examples share, and on
 * Spark.
 */
package io.github.djlctc.spark.program;
