/**
 * The IAM handwriting database as it is handed out. May depend on the corpus and image packages.
 */
package io.github.djlctc.examples.htr.corpus.iam;
