/**
 * The files that {@code ctc-decode} reads and writes: emissions, references and TextGrids. May
 * depend on the library and on what the examples share.
 */
package io.github.djlctc.examples.decode.data;
