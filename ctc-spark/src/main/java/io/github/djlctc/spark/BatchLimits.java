package io.github.djlctc.spark;

import java.io.Serializable;

/**
 * How many rows a task holds at once, and recognises together.
 *
 * @param batchSize the files that are recognised together
 * @param rows the rows that are gathered, to make batches of files of like lengths
 * @param bytes the bytes of their files, and of a batch with its padding, unless one alone has more
 */
record BatchLimits(int batchSize, int rows, long bytes) implements Serializable {}
