/**
 * Reads NumPy's files of arrays, {@code .npy} and {@code .npz}, and writes the latter.
 *
 * <p>May use {@code file}.
 */
package io.github.djlctc.numpy;
