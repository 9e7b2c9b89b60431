/**
 * Training and evaluation of the acoustic model.
 *
 * <p>May use all packages of the example but the commands.
 */
package io.github.djlctc.examples.speech.train;
