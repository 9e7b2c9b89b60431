/**
 * Handwriting made by the program itself: texts from patterns, writers with habits of their own,
 * and a pen that draws their letters. May depend on the corpus and image packages.
 */
package io.github.djlctc.examples.htr.corpus.pen;
