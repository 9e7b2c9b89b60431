/** Images of text lines: from files to ink on paper at a set height. May depend on the JDK only. */
package io.github.djlctc.examples.htr.image;
