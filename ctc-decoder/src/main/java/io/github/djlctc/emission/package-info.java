/**
 * Class scores of any framework, stored row by row, and their checks; the frames in which tokens
 * and words were recognised.
 *
 * <p>May use {@code text} and nothing else of this library.
 */
package io.github.djlctc.emission;
