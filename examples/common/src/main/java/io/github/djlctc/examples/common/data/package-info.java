/**
 * What a corpus is and how samples are held out, and file formats that more than one example reads:
 * NumPy arrays, JSON lines, hotwords. May depend on the JDK, Gson and the library.
 */
package io.github.djlctc.examples.common.data;
