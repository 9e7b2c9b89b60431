/**
 * What DJL makes of a reader of lines that was exported: its block, and its translators.
 *
 * <p>May use {@code image} and {@code model}.
 */
package io.github.djlctc.examples.htr.serving;
