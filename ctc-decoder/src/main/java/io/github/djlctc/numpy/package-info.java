/**
 * Reads NumPy's files of arrays, {@code .npy} and {@code .npz}.
 *
 * <p>May use {@code file}.
 */
package io.github.djlctc.numpy;
