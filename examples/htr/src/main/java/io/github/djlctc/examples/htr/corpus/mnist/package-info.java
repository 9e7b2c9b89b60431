/**
 * Strings of handwritten digits, put together from DJL's MNIST. May depend on the corpus and image
 * packages, and on DJL.
 */
package io.github.djlctc.examples.htr.corpus.mnist;
