/**
 * Training, evaluation and audit of a recogniser, whatever it reads: the examples give a model and
 * a reader of samples.
 *
 * <p>May use the library, DJL, and the console, data, decoding and picture packages.
 */
package io.github.djlctc.examples.common.train;
