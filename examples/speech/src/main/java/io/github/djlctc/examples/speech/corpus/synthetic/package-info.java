/**
 * The default data of the example: spoken commands, synthesised in process, with no file and no
 * network. May depend on the speech synthesiser FreeTTS and on the audio, augment and corpus
 * packages; not on the engine.
 */
package io.github.djlctc.examples.speech.corpus.synthetic;
