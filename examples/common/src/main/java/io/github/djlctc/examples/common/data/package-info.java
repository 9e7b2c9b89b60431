/**
 * What a corpus is, and file formats that more than one example reads: NumPy arrays and JSON lines.
 * May depend on the JDK and Gson.
 */
package io.github.djlctc.examples.common.data;
