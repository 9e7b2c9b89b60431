/**
 * Serves DJL models by arguments alone: factories of translators, and the requests and answers of a
 * server.
 *
 * <p>May use {@code text}, {@code numpy}, {@code emission}, {@code lm}, {@code decode}, {@code
 * host}, {@code batch} and {@code translate}.
 */
package io.github.djlctc.serving;
