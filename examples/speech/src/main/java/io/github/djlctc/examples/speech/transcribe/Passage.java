package io.github.djlctc.examples.speech.transcribe;

/**
 * Logits that are decoded at once.
 *
 * @param logits of shape (frames, C), row by row
 * @param frames the number of frames
 * @param firstFrame the frames of the sound before them
 */
record Passage(float[] logits, int frames, long firstFrame) {}
