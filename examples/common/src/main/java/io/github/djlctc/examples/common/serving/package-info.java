/**
 * Folders of models that DJL loads by itself: what {@code export} writes, and the factories of
 * blocks and translators that such a folder names.
 *
 * <p>May use the library, DJL, {@code train} and {@code model}.
 */
package io.github.djlctc.examples.common.serving;
