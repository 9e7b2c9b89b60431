/**
 * Runs tensors through PyTorch operators that DJL does not expose.
 *
 * <p>May use the DJL PyTorch engine and nothing else of this library. The packages that need an
 * operator (loss, recurrent layers, features) each keep its TorchScript source as a resource of
 * their own.
 */
package io.github.djlctc.engine;
