/**
 * How the examples start and end: their command line, options that they share, and exit codes. May
 * depend on picocli and all packages of this module.
 */
package io.github.djlctc.examples.common.command;
