/**
 * The report of a training run as one HTML file, for any kind of samples: speech or lines of text.
 * May depend on the library and on the pictures of the examples.
 */
package io.github.djlctc.examples.common.report.html;
