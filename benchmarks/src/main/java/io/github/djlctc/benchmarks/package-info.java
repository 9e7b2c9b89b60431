/**
 * JMH benchmarks of the library: how fast its parts are, and what they allocate.
 *
 * <p>May use the library and the common part of the examples. Nothing uses it.
 */
package io.github.djlctc.benchmarks;
