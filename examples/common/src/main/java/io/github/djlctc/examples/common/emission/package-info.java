/**
 * Files of emissions, and of the true texts of their utterances. May depend on the library and on
 * what the examples share.
 */
package io.github.djlctc.examples.common.emission;
