/**
 * Where lines come from: samples with their texts, split into training, validation and test. May
 * depend on the image package, DJL's datasets, and what the examples share.
 */
package io.github.djlctc.examples.htr.corpus;
