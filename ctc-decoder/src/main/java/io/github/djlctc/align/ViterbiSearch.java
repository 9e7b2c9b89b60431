package io.github.djlctc.align;

import java.util.Arrays;

/**
 * Finds the best path through a trellis in memory that grows with T + S, not with T times S.
 *
 * <p>Divide and conquer, after D. S. Hirschberg, "A Linear Space Algorithm for Computing Maximal
 * Common Subsequences", Communications of the ACM 18(6), 1975. A pass over all frames stores for
 * each path the state it had at the middle frame. The middle state of the best path divides the
 * problem into two, each with half of the frames and together about as many states as before, so
 * that all passes of all levels take at most about twice the time of the first. A part that is
 * small enough is solved with back pointers.
 *
 * <p>The right part starts from the score that the best path had in the middle. So all sums equal
 * those of the first pass to the last bit, and the path is the one that back pointers would give,
 * ties included.
 */
final class ViterbiSearch {

    private final CTCTrellis trellis;

    /** The score of the best path to each state at the current frame. */
    private final double[] scores;

    /** The score of each state at the middle frame of a part. */
    private final double[] middleScores;

    /** The state at the middle frame of the best path to each state. */
    private final int[] middleStates;

    /** Back pointers: the number of states to go back, row by row of frames. */
    private final byte[] steps;

    /** The state of each frame on the best path. */
    private final int[] path;

    /**
     * Creates a search.
     *
     * @param maxSteps the most back pointers that are kept
     */
    ViterbiSearch(CTCTrellis trellis, int maxSteps) {
        this.trellis = trellis;
        int states = trellis.end() + 1;
        scores = new double[states];
        middleScores = new double[states];
        middleStates = new int[states];
        long allSteps = (long) trellis.frames() * states;
        steps = new byte[(int) Math.max(states, Math.min(maxSteps, allSteps))];
        path = new int[trellis.frames()];
    }

    /**
     * Finds the best path.
     *
     * @return the state of each frame
     * @throws UnalignableTextException if all paths have probability 0
     */
    int[] bestPath() {
        solve(new Part(-1, CTCTrellis.START, 0, trellis.frames(), trellis.end()));
        return path;
    }

    /**
     * The frames between two frames whose states are known.
     *
     * @param first the frame before, whose best path has the score {@code firstScore}
     * @param end the frame after
     */
    private record Part(int first, int firstState, double firstScore, int end, int endState) {

        int frames() {
            return end - first - 1;
        }

        int states() {
            return endState - firstState + 1;
        }
    }

    private void solve(Part part) {
        if (part.frames() == 0) {
            return;
        }
        Arrays.fill(
                scores,
                Math.max(0, part.firstState() - 2),
                part.endState() + 1,
                Double.NEGATIVE_INFINITY);
        scores[part.firstState()] = part.firstScore();
        if ((long) part.frames() * part.states() <= steps.length) {
            trace(part);
        } else {
            divide(part);
        }
    }

    private void trace(Part part) {
        int width = part.states();
        int stepsOfStart = -part.firstState();
        for (int frame = part.first() + 1; frame < part.end(); frame++) {
            advance(part, frame, stepsOfStart);
            stepsOfStart += width;
        }
        int state = lastState(part);
        for (int frame = part.end() - 1; frame > part.first(); frame--) {
            path[frame] = state;
            stepsOfStart -= width;
            state -= steps[stepsOfStart + state];
        }
    }

    private void divide(Part part) {
        int middle = part.first() + 1 + part.frames() / 2;
        int stepsOfStart = -part.firstState();
        for (int frame = part.first() + 1; frame <= middle; frame++) {
            advance(part, frame, stepsOfStart);
        }
        System.arraycopy(scores, part.firstState(), middleScores, part.firstState(), part.states());
        for (int state = part.firstState(); state <= part.endState(); state++) {
            middleStates[state] = state;
        }
        for (int frame = middle + 1; frame < part.end(); frame++) {
            advance(part, frame, stepsOfStart);
            int lowest = lowestState(part, frame);
            for (int state = highestState(part, frame); state >= lowest; state--) {
                middleStates[state] = middleStates[state - steps[stepsOfStart + state]];
            }
        }
        int middleState = middleStates[lastState(part)];
        double middleScore = middleScores[middleState];
        path[middle] = middleState;
        solve(new Part(part.first(), part.firstState(), part.firstScore(), middle, middleState));
        solve(new Part(middle, middleState, middleScore, part.end(), part.endState()));
    }

    private void advance(Part part, int frame, int stepsOfStart) {
        int lowest = lowestState(part, frame);
        int highest = highestState(part, frame);
        trellis.advance(frame, lowest, highest, scores, steps, stepsOfStart);
    }

    /** Returns the lowest state from which the end can still be reached. */
    private static int lowestState(Part part, int frame) {
        int first = Math.max(1, part.firstState());
        return (int) Math.max(first, part.endState() - 2L * (part.end() - frame));
    }

    /** Returns the highest state that can have been reached. */
    private int highestState(Part part, int frame) {
        int last = Math.min(trellis.end() - 1, part.endState());
        return (int) Math.min(last, part.firstState() + 2L * (frame - part.first()));
    }

    /** Returns the best state of the last frame, whose scores must be computed. */
    private int lastState(Part part) {
        int state = part.endState() - trellis.step(scores, part.endState());
        if (scores[state] == Double.NEGATIVE_INFINITY) {
            throw UnalignableTextException.impossible();
        }
        return state;
    }
}
