/**
 * What the examples share: samples that cannot be used, the error of a strict run, and errors in
 * words. May depend on the JDK only.
 */
package io.github.djlctc.examples.common;
