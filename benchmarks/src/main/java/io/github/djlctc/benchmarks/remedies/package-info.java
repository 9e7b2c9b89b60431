/**
 * Measures often recommended remedies for CTC training: the speech example's model is trained on
 * its data with one change at a time.
 *
 * <p>May use the library and the public classes of the speech example. Nothing uses it.
 */
package io.github.djlctc.benchmarks.remedies;
