package io.github.djlctc.checkpoint;

import java.nio.ByteBuffer;

/**
 * What AdamW knows of a parameter.
 *
 * @param updates the number of its updates
 * @param mean the mean of its gradients
 * @param variance the mean of their squares
 */
record SavedMoments(int updates, ByteBuffer mean, ByteBuffer variance) {}
