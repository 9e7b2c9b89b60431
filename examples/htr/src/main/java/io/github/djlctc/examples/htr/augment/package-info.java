/**
 * Augmentation: random changes to training lines that leave their text as it is. All randomness
 * comes from the generator that is passed in: the same generator state and image give the same
 * result. Images are never changed. May depend on the image package and what the examples share.
 */
package io.github.djlctc.examples.htr.augment;
