/** The program {@code htr}: its command line. May depend on every other package of this example. */
package io.github.djlctc.examples.htr;
