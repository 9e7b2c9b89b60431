package io.github.djlctc.decode;

/**
 * What a beam search leaves out.
 *
 * @param beamWidth how many prefixes are kept after each frame
 * @param beamThreshold how far behind the best prefix others may fall, a natural logarithm
 * @param tokenTopK how many tokens of a frame new prefixes are made of
 * @param tokenMinLogProbability how likely such a token must be, a natural logarithm
 */
record Pruning(int beamWidth, double beamThreshold, int tokenTopK, double tokenMinLogProbability) {

    private static final int WIDER = 4;

    /** Returns what leaves out less of all, and no token. */
    Pruning wider() {
        return new Pruning(
                (int) Math.min((long) WIDER * beamWidth, Integer.MAX_VALUE),
                WIDER * beamThreshold,
                Integer.MAX_VALUE,
                Double.NEGATIVE_INFINITY);
    }
}
