/**
 * The symptoms of docs/guide/troubleshooting.md: each is reproduced, its cause shown, and the
 * remedy tried.
 *
 * <p>May use all of the library.
 */
package io.github.djlctc.troubleshooting;
