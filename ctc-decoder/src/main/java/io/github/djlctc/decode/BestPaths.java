package io.github.djlctc.decode;

import java.util.Arrays;

/**
 * The likeliest path of each prefix in the beam, and the frames of that path's tokens.
 *
 * <p>Goes through a frame with the search: after {@link #startFrame}, {@link #stayInToken}, {@link
 * #stayInSeparator}, {@link #enter} and {@link #extend} find the next path of each prefix, {@link
 * #keep} moves the paths of prefixes that remain to their new index, and {@link #endFrame} ends the
 * frame. Indices are those of the {@link Beam}. Probabilities are scaled by one power of two,
 * another than the beam's, since one path becomes ever less likely than all together.
 */
final class BestPaths {

    private final AlignmentHistory history = new AlignmentHistory();
    private final double emptyWordFactor;
    private Paths paths;
    private Paths next;

    BestPaths(int capacity, double emptyWordFactor) {
        this.emptyWordFactor = emptyWordFactor;
        paths = new Paths(capacity);
        next = new Paths(capacity);
    }

    /** Starts anew with the path of the empty prefix, at index 0. */
    void reset() {
        history.reset();
        paths.blank[0] = 1;
        paths.token[0] = 0;
        paths.blankRecord[0] = AlignmentHistory.NONE;
        paths.tokenRecord[0] = AlignmentHistory.NONE;
        paths.tokenStart[0] = Paths.NO_TOKEN;
    }

    double probability(int index) {
        return paths.probability(index);
    }

    /** Makes room for the paths of a beam of that size. */
    void startFrame(int size) {
        next.ensureCapacity(size);
    }

    /** Continues a path by a blank or by its last token. */
    void stayInToken(int index, double blank, double token) {
        next.blank[index] = paths.probability(index) * blank;
        next.token[index] = paths.token[index] * token;
        next.source[index] = Paths.ITSELF;
    }

    /** Continues a path that ends in a separator, or is empty, by a blank or a separator. */
    void stayInSeparator(int index, double blank, double separator) {
        next.blank[index] = paths.probability(index) * blank;
        next.token[index] =
                Math.max(paths.blank[index] * emptyWordFactor, paths.token[index]) * separator;
        next.source[index] = Paths.ITSELF_BY_SEPARATOR;
    }

    /** Comes from the path of the prefix without the last token, if that is likelier. */
    void enter(int index, int parent, boolean repeats, double token) {
        double probability = before(parent, repeats) * token;
        if (probability > next.token[index]) {
            next.token[index] = probability;
            next.source[index] = Paths.source(parent, repeats);
        }
    }

    /** Notes where the path of a prefix comes from that was not in the beam. */
    void extend(int index, int parent, boolean repeats) {
        next.ensureCapacity(index + 1);
        next.source[index] = Paths.source(parent, repeats);
    }

    /** Returns the probability of the best path that a token, the last one again, may follow. */
    private double before(int index, boolean repeats) {
        return repeats ? paths.blank[index] : paths.probability(index);
    }

    /**
     * Moves the path of a prefix that was in the beam to its index after the frame, which is at or
     * before that where it is.
     *
     * @param peak the probability of the prefix's last token in the frame
     * @param frame the number of the frame
     */
    void keep(int from, int to, double peak, int frame) {
        int blankRecord =
                paths.endsInToken(from) ? closeToken(from, frame) : paths.blankRecord[from];
        keepToken(from, to, peak, frame);
        next.blank[to] = next.blank[from];
        next.blankRecord[to] = blankRecord;
        next.token[to] = Scaling.withoutNegligible(next.token[from]);
    }

    /**
     * Finds the path of a prefix that was not in the beam.
     *
     * @param from the index given to {@link #extend}
     * @param token the factor by which the last token changes the probability
     * @param peak the probability of that token in the frame
     * @param frame the number of the frame
     */
    void keepExtension(int from, int to, double token, double peak, int frame) {
        int source = next.source[from];
        double probability = before(Paths.parent(source), Paths.repeats(source)) * token;
        startToken(to, source, peak, frame);
        next.blank[to] = 0;
        next.blankRecord[to] = AlignmentHistory.NONE;
        next.token[to] = Scaling.withoutNegligible(probability);
    }

    private void startToken(int to, int source, double peak, int frame) {
        int parent = Paths.parent(source);
        boolean afterBlank = Paths.repeats(source) || !paths.endsInToken(parent);
        next.tokenRecord[to] = afterBlank ? paths.blankRecord[parent] : closeToken(parent, frame);
        next.tokenStart[to] = frame;
        next.tokenPeak[to] = peak;
    }

    private void keepToken(int from, int to, double peak, int frame) {
        int source = next.source[from];
        if (source >= 0) {
            startToken(to, source, peak, frame);
        } else if (source == Paths.ITSELF_BY_SEPARATOR
                && paths.blankRecord[from] != AlignmentHistory.NONE
                && paths.blank[from] * emptyWordFactor > paths.token[from]) {
            // The separator goes on after a blank.
            int record = paths.blankRecord[from];
            next.tokenRecord[to] = history.previous(record);
            next.tokenStart[to] = history.start(record);
            next.tokenPeak[to] = Math.max(history.peak(record), peak);
        } else {
            next.tokenRecord[to] = paths.tokenRecord[from];
            next.tokenStart[to] = paths.tokenStart[from];
            next.tokenPeak[to] = Math.max(paths.tokenPeak[from], peak);
        }
    }

    /** Records that the last token of a path has ended before a frame. */
    private int closeToken(int index, int frame) {
        return paths.tokenStart[index] == Paths.NO_TOKEN
                ? AlignmentHistory.NONE
                : history.add(
                        paths.tokenRecord[index],
                        paths.tokenStart[index],
                        frame,
                        paths.tokenPeak[index]);
    }

    /** Ends a frame, after which that many prefixes are in the beam. */
    void endFrame(int size) {
        Paths last = paths;
        paths = next;
        next = last;
        double best = 0;
        for (int i = 0; i < size; i++) {
            best = Math.max(best, paths.probability(i));
        }
        int exponent = Scaling.exponent(best);
        if (exponent != 0) {
            paths.scaleDown(size, exponent);
        }
    }

    /**
     * Drops the records that no path needs.
     *
     * @param first the record that all paths have, or {@link AlignmentHistory#NONE}
     * @return its new number
     */
    int compact(int first, int size) {
        return history.compact(first, paths.blankRecord, paths.tokenRecord, size);
    }

    /**
     * Returns the last record that all paths have, or {@link AlignmentHistory#NONE}.
     *
     * @param before one that all paths have, or {@link AlignmentHistory#NONE}
     */
    int commonRecord(int size, int before) {
        return history.common(paths.tokenRecord, paths.blankRecord, size, before);
    }

    /** Returns whether the last token of a path may still go on, and so has no record yet. */
    boolean endsInToken(int index) {
        return paths.endsInToken(index);
    }

    /** Returns the record of the last token of a path that has one. */
    int lastEnded(int index) {
        return paths.endsInToken(index) ? paths.tokenRecord[index] : paths.blankRecord[index];
    }

    /** Moves a path to an index before it. */
    void move(int from, int to) {
        paths.move(from, to);
    }

    /** Returns the record of a path's last token, if the emissions end before a frame. */
    int lastRecord(int index, int frame) {
        return paths.endsInToken(index) ? closeToken(index, frame) : paths.blankRecord[index];
    }

    AlignmentHistory history() {
        return history;
    }

    /** The paths after one frame. */
    private static final class Paths {

        static final int ITSELF = -1;
        static final int ITSELF_BY_SEPARATOR = -2;
        static final int NO_TOKEN = -1;

        /** The probability of the prefix's best path that ends in a blank. */
        private double[] blank;

        /** The record of that path's last token. */
        private int[] blankRecord;

        /** The probability of the prefix's best path that ends in its last token. */
        private double[] token;

        /** The record of the token before the last one. */
        private int[] tokenRecord;

        /** The frame where the last token began, or {@link #NO_TOKEN} in the empty prefix. */
        private int[] tokenStart;

        /** The highest probability of the last token in its frames. */
        private double[] tokenPeak;

        /** Which path this one continues; see {@link #source(int, boolean)}. */
        private int[] source;

        Paths(int capacity) {
            blank = new double[capacity];
            blankRecord = new int[capacity];
            token = new double[capacity];
            tokenRecord = new int[capacity];
            tokenStart = new int[capacity];
            tokenPeak = new double[capacity];
            source = new int[capacity];
        }

        private void move(int from, int to) {
            blank[to] = blank[from];
            blankRecord[to] = blankRecord[from];
            token[to] = token[from];
            tokenRecord[to] = tokenRecord[from];
            tokenStart[to] = tokenStart[from];
            tokenPeak[to] = tokenPeak[from];
        }

        private void ensureCapacity(int capacity) {
            if (capacity > blank.length) {
                int enough = Math.max(capacity, 2 * blank.length);
                blank = Arrays.copyOf(blank, enough);
                blankRecord = Arrays.copyOf(blankRecord, enough);
                token = Arrays.copyOf(token, enough);
                tokenRecord = Arrays.copyOf(tokenRecord, enough);
                tokenStart = Arrays.copyOf(tokenStart, enough);
                tokenPeak = Arrays.copyOf(tokenPeak, enough);
                source = Arrays.copyOf(source, enough);
            }
        }

        /** Returns what stands for the path of a prefix without its last token. */
        private static int source(int parent, boolean repeats) {
            return 2 * parent + (repeats ? 1 : 0);
        }

        private static int parent(int source) {
            return source >> 1;
        }

        /** Returns whether the path has to end in a blank, as the same token follows. */
        private static boolean repeats(int source) {
            return (source & 1) == 1;
        }

        private double probability(int index) {
            return Math.max(blank[index], token[index]);
        }

        private boolean endsInToken(int index) {
            return token[index] > blank[index] || blankRecord[index] == AlignmentHistory.NONE;
        }

        private void scaleDown(int size, int exponent) {
            double factor = Math.scalb(1.0, -exponent);
            for (int i = 0; i < size; i++) {
                blank[i] *= factor;
                token[i] *= factor;
            }
        }
    }
}
