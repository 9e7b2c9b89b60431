/** Random quantities of the examples' augmentations. May depend on the JDK only. */
package io.github.djlctc.examples.common.random;
