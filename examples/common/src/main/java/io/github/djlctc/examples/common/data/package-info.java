/**
 * What a corpus is, how manifests list one and how samples are held out, and file formats that more
 * than one example reads: JSON lines. May depend on the JDK, Gson, the library and {@link
 * io.github.djlctc.examples.common.SkippedSamples}.
 */
package io.github.djlctc.examples.common.data;
