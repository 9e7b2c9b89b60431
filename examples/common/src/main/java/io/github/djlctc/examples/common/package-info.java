/**
 * What the examples share: samples that cannot be used, and the error of a strict run. May depend
 * on the JDK only.
 */
package io.github.djlctc.examples.common;
