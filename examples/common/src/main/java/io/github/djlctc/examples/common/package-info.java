/**
 * What the examples share: samples that cannot be used, the error of a strict run, errors in words,
 * and the unit in which positions of frames are written. May depend on the JDK only.
 */
package io.github.djlctc.examples.common;
