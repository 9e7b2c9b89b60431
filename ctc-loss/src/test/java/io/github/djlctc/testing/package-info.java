/**
 * What the tests of several packages share.
 *
 * <p>May use the DJL API and {@code loss}.
 */
package io.github.djlctc.testing;
