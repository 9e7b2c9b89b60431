package io.github.djlctc.checkpoint;

import java.nio.ByteBuffer;

/**
 * The state of AdamW for one parameter.
 *
 * @param updates the number of its updates
 * @param mean the mean of its gradients
 * @param variance the mean of their squares
 */
record SavedMoments(int updates, ByteBuffer mean, ByteBuffer variance) {}
