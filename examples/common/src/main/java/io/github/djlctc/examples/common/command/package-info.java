/**
 * How the examples start and end: their command line and exit codes. May depend on picocli and the
 * console package.
 */
package io.github.djlctc.examples.common.command;
