/**
 * What a corpus is and how samples are held out, and file formats that more than one example reads:
 * NumPy arrays and JSON lines. May depend on the JDK, Gson and the library's alphabets.
 */
package io.github.djlctc.examples.common.data;
