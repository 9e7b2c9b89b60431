/**
 * The files that {@code ctc-decode} reads: emissions and references. May depend on the library and
 * on what the examples share.
 */
package io.github.djlctc.examples.decode.data;
