package io.github.djlctc.loss;

import java.util.function.IntConsumer;

/**
 * Rows of numbers, one for each frame, of which those of long samples are not all kept.
 *
 * <p>A row follows from the one before it. So the rows of one block of frames are there, and the
 * last row of each block: from it, the rows of the next block are computed again, when they are
 * needed, with the same result. With blocks of \( \sqrt T \) frames, \( 2 \sqrt T \) rows are kept
 * of T, for one more pass (C. Tarnas and R. Hughey, "Reduced space hidden Markov model training",
 * Bioinformatics 14, 1998).
 */
final class FrameBlocks {

    /** In bytes. Below, a pass over the frames costs more than their memory. */
    static final long LARGEST_WHOLE = 32L << 20;

    private final int frames;

    /** The frames of a block. */
    private final int length;

    /** The first frame of the block whose rows are there. */
    private int first;

    /** The frame after it. */
    private int end;

    private FrameBlocks(int frames, int length) {
        this.frames = frames;
        this.length = length;
    }

    /**
     * Chooses the blocks: a single one for samples of ordinary length.
     *
     * @param frames the largest number of frames of a sample, T
     * @param width the numbers of a frame in all of its rows
     */
    static FrameBlocks of(int frames, int width) {
        boolean isWhole = (long) Double.BYTES * frames * width <= LARGEST_WHOLE;
        return ofLength(frames, isWhole ? frames : (int) Math.ceil(Math.sqrt(frames)));
    }

    /** Makes blocks of a number of frames. */
    static FrameBlocks ofLength(int frames, int length) {
        return new FrameBlocks(frames, Math.max(1, length));
    }

    /** Returns how many rows are kept. */
    long keptRows() {
        return Math.min(frames, length - 1L + frames / length);
    }

    /**
     * Creates rows.
     *
     * @return for each frame its row: the same array for frames at the same place of their blocks,
     *     except for the last of each block
     */
    double[][] rows(int width) {
        double[][] rows = new double[frames][];
        for (int t = 0; t < frames; t++) {
            boolean isKept = t < length || t % length == length - 1;
            rows[t] = isKept ? new double[width] : rows[t - length];
        }
        return rows;
    }

    /** Says that the rows of all frames of a sample were computed, one after the other. */
    void computed(int count) {
        first = count == 0 ? 0 : start(count - 1);
        end = first + length;
    }

    /**
     * Provides the row of a frame.
     *
     * @param t the frame
     * @param count the frames of the sample
     * @param again computes the row of a frame, after that of the frame before
     */
    void restore(int t, int count, IntConsumer again) {
        if (t >= first && t < end) {
            return;
        }
        first = start(t);
        end = first + length;
        for (int i = first; i < Math.min(end - 1, count); i++) {
            again.accept(i);
        }
    }

    private int start(int t) {
        return t - t % length;
    }
}
