package io.github.djlctc.batch;

/**
 * What a batch may hold: a number of samples or, without one, of frames with their padding.
 *
 * @param samples the number of samples, or {@link #NONE}
 * @param frames the longest length times the number of samples, or {@link #NONE}
 */
record BatchLimit(int samples, long frames) {

    static final int NONE = -1;

    /** Tells whether some samples fit, of which the longest has a number of frames. */
    boolean fits(int count, long longest) {
        return samples > 0 ? count <= samples : Math.max(longest, 1) <= frames / count;
    }
}
