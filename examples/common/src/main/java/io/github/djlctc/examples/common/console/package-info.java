/**
 * What the examples print: progress and tables. May depend on the JDK and the progress bar library.
 */
package io.github.djlctc.examples.common.console;
