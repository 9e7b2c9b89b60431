/**
 * Recognisers of text lines as PaddleOCR makes them: their files, what they take and what they put
 * out. May depend on the library, the images that the examples share, and DJL's API.
 */
package io.github.djlctc.examples.ocr.model;
