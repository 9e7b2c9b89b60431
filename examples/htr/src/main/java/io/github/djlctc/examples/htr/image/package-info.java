/**
 * Text lines as ink on paper at a set height. May depend on the images that the examples share and
 * the JDK only.
 */
package io.github.djlctc.examples.htr.image;
