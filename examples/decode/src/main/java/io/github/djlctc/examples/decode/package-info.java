/**
 * The program {@code ctc-decode}: its commands, their options and what they print. May depend on
 * everything of this example.
 */
package io.github.djlctc.examples.decode;
