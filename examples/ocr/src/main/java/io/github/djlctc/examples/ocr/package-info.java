/**
 * The program {@code ocr}: reads images of printed lines with a model that was trained elsewhere,
 * on ONNX Runtime.
 */
package io.github.djlctc.examples.ocr;
