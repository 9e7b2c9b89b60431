/**
 * Data that more than one example reads: NumPy arrays, JSON lines, and samples held out. May depend
 * on the JDK and Gson.
 */
package io.github.djlctc.examples.common.data;
