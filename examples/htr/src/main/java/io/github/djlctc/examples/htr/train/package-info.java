/**
 * Lines as training and evaluation read them.
 *
 * <p>May use all packages of the example but the commands.
 */
package io.github.djlctc.examples.htr.train;
