/**
 * Data sets: the utterances of each, with their transcripts, split into training, validation and
 * test sets. May depend on {@code audio} and {@code examples.common}; not on the engine.
 */
package io.github.djlctc.examples.speech.corpus;
