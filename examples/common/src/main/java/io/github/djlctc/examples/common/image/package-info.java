/**
 * Images of text lines: from files to shades of grey or colours, checked by their headers, turned
 * upright and resized. May depend on the JDK, metadata-extractor and {@link
 * io.github.djlctc.examples.common.SampleFileException} only; a program that reads images has
 * metadata-extractor and a reader of WebP among its own dependencies.
 */
package io.github.djlctc.examples.common.image;
