/**
 * The pictures that {@code ctc-decode} draws, without a screen. May depend on the library and the
 * JDK's AWT.
 */
package io.github.djlctc.examples.decode.picture;
