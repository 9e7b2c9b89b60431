package io.github.djlctc.batch;

/**
 * What a batch may hold: a number of samples, of frames with their padding, or both.
 *
 * @param samples the number of samples, or {@link #NONE}
 * @param frames the longest length times the number of samples, or {@link #NONE}
 */
record BatchLimit(int samples, long frames) {

    static final int NONE = -1;

    /** Tells whether some samples fit, of which the longest has a number of frames. */
    boolean fits(int count, long longest) {
        boolean isFew = samples == NONE || count <= samples;
        return isFew && (frames == NONE || Math.max(longest, 1) <= frames / count);
    }
}
