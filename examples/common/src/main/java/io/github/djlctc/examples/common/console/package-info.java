/**
 * What the examples print: progress, tables, text without control characters. May depend on the
 * package above, the JDK and the progress bar library.
 */
package io.github.djlctc.examples.common.console;
