/**
 * How a model's logits become texts: greedily, or by the beam search that a command or the folder
 * of the model chooses.
 *
 * <p>May use the library, the serving package, and the classes that all share.
 */
package io.github.djlctc.examples.common.decoding;
