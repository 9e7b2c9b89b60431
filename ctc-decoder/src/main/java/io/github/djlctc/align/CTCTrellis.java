package io.github.djlctc.align;

import io.github.djlctc.emission.EmissionRows;
import io.github.djlctc.emission.InvalidEmissionException;

import java.util.Arrays;

/**
 * The states that a path may be in at each frame, and the recurrence of Viterbi over them.
 *
 * <p>For S tokens, token k is state {@code 2k + 2}, and the gap before it, blank or wildcard, is
 * state {@code 2k + 1}. State 0 and state {@code 2S + 2} stand for the moments before the first and
 * after the last frame: they are tokens without a class. A path stays in its state or goes on by
 * one or, past a gap between different tokens, by two.
 */
final class CTCTrellis {

    static final int START = 0;

    private static final int NO_CLASS = -1;

    private final float[] emissions;
    private final int classes;
    private final int frames;
    private final int blank;
    private final double wildcardPenalty;

    /** The class id of each state of a token; {@link #NO_CLASS} for gaps, the start and the end. */
    private final int[] symbols;

    /** Whether each state is a gap with a wildcard. */
    private final boolean[] wildcards;

    /** The number to add to the scores of each frame to get log probabilities. */
    private final double[] shifts;

    /** The log probability of each frame's likeliest class. */
    private final double[] peaks;

    CTCTrellis(
            float[] emissions,
            int frames,
            int classes,
            int blank,
            Transcript transcript,
            double wildcardPenalty) {
        this.emissions = emissions;
        this.frames = frames;
        this.classes = classes;
        this.blank = blank;
        this.wildcardPenalty = wildcardPenalty;
        int tokens = transcript.size();
        symbols = new int[2 * tokens + 3];
        Arrays.fill(symbols, NO_CLASS);
        wildcards = new boolean[symbols.length];
        for (int k = 0; k < tokens; k++) {
            symbols[tokenState(k)] = transcript.target(k);
        }
        for (int k = 0; k <= tokens; k++) {
            wildcards[tokenState(k) - 1] = transcript.hasWildcardBefore(k);
        }
        shifts = new double[frames];
        peaks = new double[frames];
        for (int frame = 0; frame < frames; frame++) {
            normalize(frame);
        }
    }

    private void normalize(int frame) {
        int from = frame * classes;
        int likeliest = EmissionRows.indexOfMax(emissions, from, classes);
        peaks[frame] = EmissionRows.maxLogProbability(emissions, from, classes, likeliest);
        if (Double.isNaN(peaks[frame])) {
            throw InvalidEmissionException.atFrame(frame);
        }
        shifts[frame] = peaks[frame] - emissions[from + likeliest];
    }

    static int tokenState(int token) {
        return 2 * token + 2;
    }

    private static boolean isToken(int state) {
        return (state & 1) == 0;
    }

    int frames() {
        return frames;
    }

    int end() {
        return symbols.length - 1;
    }

    /** Returns the log probability that a frame gives a state between start and end. */
    double score(int frame, int state) {
        if (isToken(state)) {
            return emissions[frame * classes + symbols[state]] + shifts[frame];
        }
        return wildcards[state] ? wildcardScore(frame) : blankScore(frame);
    }

    private double blankScore(int frame) {
        return emissions[frame * classes + blank] + shifts[frame];
    }

    /**
     * Returns the score of a frame of a wildcard: a blank, or the likeliest class less the penalty.
     */
    private double wildcardScore(int frame) {
        return Math.max(blankScore(frame), peaks[frame] - wildcardPenalty);
    }

    /**
     * Goes on to a frame: replaces the scores of the best paths that end in each of some states one
     * frame earlier.
     *
     * @param scores the scores of all states; below the lowest state to compute, those of two
     *     states are read
     * @param steps receives how many states before each state its best path was
     * @param stepsOfStart the index in {@code steps} that belongs to state 0
     */
    void advance(
            int frame, int lowest, int highest, double[] scores, byte[] steps, int stepsOfStart) {
        double shift = shifts[frame];
        int row = frame * classes;
        double blankScore = blankScore(frame);
        double wildcardScore = wildcardScore(frame);
        // From the highest state down, since a state needs the last frame's scores of lower ones.
        for (int state = highest; state >= lowest; state--) {
            int step;
            double score;
            if (isToken(state)) {
                step = stepToToken(scores, state);
                score = emissions[row + symbols[state]] + shift;
            } else {
                step = stepToGap(scores, state);
                score = wildcards[state] ? wildcardScore : blankScore;
            }
            scores[state] = scores[state - step] + score;
            steps[stepsOfStart + state] = (byte) step;
        }
        scores[START] = Double.NEGATIVE_INFINITY;
    }

    /** Returns how many states before a state the best path to it was, one frame earlier. */
    int step(double[] scores, int state) {
        return isToken(state) ? stepToToken(scores, state) : stepToGap(scores, state);
    }

    // Of equal paths the one from a token is taken, so that wildcards give way to the text.

    private int stepToToken(double[] scores, int state) {
        int step = 0;
        double best = scores[state];
        if (scores[state - 2] > best && symbols[state - 2] != symbols[state]) {
            step = 2;
            best = scores[state - 2];
        }
        return scores[state - 1] > best ? 1 : step;
    }

    private static int stepToGap(double[] scores, int state) {
        return scores[state] > scores[state - 1] ? 0 : 1;
    }
}
