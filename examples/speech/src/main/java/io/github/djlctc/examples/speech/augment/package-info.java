/**
 * Augmentation: random changes to the sound or to the features of training utterances, so that a
 * model learns what does not matter. All randomness comes from the generator that is passed in: the
 * same generator state and input give the same output. Inputs are never changed. May depend on the
 * audio package; not on the engine.
 */
package io.github.djlctc.examples.speech.augment;
