/**
 * How the examples start and end: their command line and exit codes. May depend on the JDK and
 * picocli.
 */
package io.github.djlctc.examples.common.command;
