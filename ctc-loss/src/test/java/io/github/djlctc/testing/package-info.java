/**
 * What the tests of several packages share.
 *
 * <p>May use the DJL API.
 */
package io.github.djlctc.testing;
