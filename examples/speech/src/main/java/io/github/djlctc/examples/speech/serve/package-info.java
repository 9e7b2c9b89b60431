/**
 * A web server that recognises speech: a page, a WebSocket for sound that comes, and HTTP for
 * files.
 *
 * <p>May use {@code audio}, {@code feature}, {@code live} and {@code transcript}, the {@code
 * report} package that the examples share, the library's {@code decode}, and Javalin, which no
 * other package may.
 */
package io.github.djlctc.examples.speech.serve;
