package io.github.djlctc.examples.speech.transcript;

import io.github.djlctc.examples.common.console.DisplayWidth;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Divides words into subtitles: at most two lines of 42 columns and 7 s each, broken between words,
 * at every pause of 0.6 s, or 0.3 s between segments, and otherwise into as few as can be, of
 * similar length, rather where there is a gap.
 *
 * <p>A subtitle appears with its first word. It stays until its last word has ended, and a second
 * or as long as it takes to read 17 columns a second, but not longer than until the next one.
 */
final class SubtitleLayout {

    static final int COLUMNS = 42;

    private static final double PAUSE_SECONDS = 0.6;
    private static final double PAUSE_BETWEEN_SEGMENTS_SECONDS = 0.3;
    private static final double MOST_SECONDS = 7;
    private static final long LEAST_MILLIS = 1000;
    private static final int COLUMNS_PER_SECOND = 17;

    /** One subtitle more counts more than any difference in length. */
    private static final double COST_OF_SUBTITLE = 1e6;

    /** A gap of 0.1 s is worth a difference of 7 columns or so from lines of the same length. */
    private static final double WORTH_OF_GAP_SECOND = 1000;

    private final List<TimedWord> words;

    /** The width of the words before each, and a space after each of them. */
    private final int[] before;

    /** Whether a word is the first one of a segment. */
    private final BitSet segmentStarts;

    private SubtitleLayout(List<TimedWord> words, BitSet segmentStarts) {
        this.words = words;
        this.segmentStarts = segmentStarts;
        before = new int[words.size() + 1];
        for (int i = 0; i < words.size(); i++) {
            before[i + 1] = before[i] + DisplayWidth.of(words.get(i).word()) + 1;
        }
    }

    /** Returns the subtitles of a transcription, in order, of which no two are shown at once. */
    static List<Subtitle> of(Transcription transcription) {
        WordSplitter splitter = new WordSplitter(COLUMNS);
        List<TimedWord> words = new ArrayList<>();
        BitSet segmentStarts = new BitSet();
        for (Segment segment : transcription.segments()) {
            segmentStarts.set(words.size());
            words.addAll(splitter.split(segment.words()));
        }
        return new SubtitleLayout(words, segmentStarts)
                .subtitles(Math.round(transcription.seconds() * 1000));
    }

    private List<Subtitle> subtitles(long soundMillis) {
        int[] ends = ends();
        List<Subtitle> subtitles = new ArrayList<>();
        long shownUntil = 0;
        for (int from = 0; from < words.size(); from = ends[from]) {
            int to = ends[from];
            long start = Math.max(shownUntil, millis(words.get(from).start()));
            long next =
                    to < words.size()
                            ? Math.max(start + 1, millis(words.get(to).start()))
                            : Long.MAX_VALUE;
            long spoken = Math.max(start + 1, millis(words.get(to - 1).end()));
            long read =
                    start + Math.max(LEAST_MILLIS, 1000L * width(from, to) / COLUMNS_PER_SECOND);
            long wanted = Math.max(spoken, Math.min(read, soundMillis));
            shownUntil = Math.min(next, wanted);
            subtitles.add(new Subtitle(start, shownUntil, lines(from, to)));
        }
        return subtitles;
    }

    private static long millis(double seconds) {
        return Math.round(seconds * 1000);
    }

    /** Returns, for each word that a subtitle may start with, the word after its last one. */
    private int[] ends() {
        int count = words.size();
        double[] costs = new double[count + 1];
        int[] ends = new int[count];
        for (int from = count - 1; from >= 0; from--) {
            costs[from] = Double.POSITIVE_INFINITY;
            for (int to = from + 1; to <= count && mayHold(from, to); to++) {
                double cost = cost(from, to) + costs[to];
                if (cost < costs[from]) {
                    costs[from] = cost;
                    ends[from] = to;
                }
            }
        }
        return ends;
    }

    private double cost(int from, int to) {
        double width = width(from, to);
        double gap = to == words.size() ? PAUSE_SECONDS : Math.max(0, gapBefore(to));
        return COST_OF_SUBTITLE
                + width * width
                - WORTH_OF_GAP_SECOND * Math.min(PAUSE_SECONDS, gap);
    }

    /** Tells whether a subtitle may hold these words, given that it may hold all but the last. */
    private boolean mayHold(int from, int to) {
        if (to == from + 1) {
            return true;
        }
        return !comesAfterPause(to - 1)
                && words.get(to - 1).end() - words.get(from).start() <= MOST_SECONDS
                && width(from, lineBreak(from, to)) <= COLUMNS
                && width(lineBreak(from, to), to) <= COLUMNS;
    }

    private boolean comesAfterPause(int word) {
        double least = segmentStarts.get(word) ? PAUSE_BETWEEN_SEGMENTS_SECONDS : PAUSE_SECONDS;
        return gapBefore(word) >= least;
    }

    private double gapBefore(int word) {
        return words.get(word).start() - words.get(word - 1).end();
    }

    private int width(int from, int to) {
        return from == to ? 0 : before[to] - before[from] - 1;
    }

    private List<List<TimedWord>> lines(int from, int to) {
        if (width(from, to) <= COLUMNS) {
            return List.of(words.subList(from, to));
        }
        int second = lineBreak(from, to);
        return List.of(words.subList(from, second), words.subList(second, to));
    }

    /** Returns the first word of the second line; the longer line is the shortest possible. */
    private int lineBreak(int from, int to) {
        // The widths of first lines grow with their words, so the best is beside the half.
        int half = before[from] + (before[to] - before[from]) / 2;
        int found = Arrays.binarySearch(before, from + 1, to, half);
        int above = found >= 0 ? found : -found - 1;
        int upper = Math.min(Math.max(above, from + 1), to - 1);
        int lower = Math.max(from + 1, upper - 1);
        return longerLine(from, lower, to) <= longerLine(from, upper, to) ? lower : upper;
    }

    private int longerLine(int from, int second, int to) {
        return Math.max(width(from, second), width(second, to));
    }
}
