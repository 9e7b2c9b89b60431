package io.github.djlctc.examples.speech.transcribe;

import io.github.djlctc.emission.EmissionRows;
import io.github.djlctc.metric.ErrorRates;

import java.util.Arrays;

/**
 * Finds where the logits of two pieces that overlap are joined, so that nothing is lost or doubled.
 *
 * <p>Both pieces have heard the overlap, each with more sound on another side of it. A label may
 * lie some frames apart in the two, and where one is left before the other begins, it could be
 * lost, or come twice. So of all frames in the middle half of the overlap that one is taken at
 * which the labels of the joined path differ least from those of either path; of several, one whose
 * neighbours are likeliest blanks in both; of these, the one nearest to the middle.
 */
final class Seam {

    /** The frames around a seam that should be blanks. */
    private static final int MARGIN = 3;

    private final int blank;
    private final int[] left;
    private final int[] right;

    private Seam(int blank, int[] left, int[] right) {
        this.blank = blank;
        this.left = left;
        this.right = right;
    }

    /**
     * Finds it.
     *
     * @param left the logits of the overlap by the piece that ends with it, row by row
     * @param right those by the piece that begins with it
     * @param frames the frames of the overlap
     * @param classes the classes of a frame
     * @param blank the class of the blank
     * @return how many frames of the overlap are taken from the first piece
     */
    static int find(float[] left, float[] right, int frames, int classes, int blank) {
        return new Seam(blank, path(left, frames, classes), path(right, frames, classes)).best();
    }

    private static int[] path(float[] logits, int frames, int classes) {
        int[] path = new int[frames];
        for (int i = 0; i < frames; i++) {
            path[i] = EmissionRows.indexOfMax(logits, i * classes, classes);
        }
        return path;
    }

    private int best() {
        int frames = left.length;
        int[] ofLeft = labels(left);
        int[] ofRight = labels(right);
        int best = frames / 2;
        long least = Long.MAX_VALUE;
        for (int seam = frames / 4; seam <= frames - frames / 4; seam++) {
            int[] joined = Arrays.copyOf(left, frames);
            System.arraycopy(right, seam, joined, seam, frames - seam);
            int[] labels = labels(joined);
            long errors = differences(ofLeft, labels) + differences(ofRight, labels);
            long cost = (errors * 100 + spoken(seam)) * frames + Math.abs(seam - frames / 2);
            if (cost < least) {
                least = cost;
                best = seam;
            }
        }
        return best;
    }

    private int[] labels(int[] path) {
        int[] labels = new int[path.length];
        int count = 0;
        for (int i = 0; i < path.length; i++) {
            if (path[i] != blank && (i == 0 || path[i] != path[i - 1])) {
                labels[count++] = path[i];
            }
        }
        return Arrays.copyOf(labels, count);
    }

    private static long differences(int[] one, int[] other) {
        return ErrorRates.tokens(one, other).errors();
    }

    /** Counts the frames around a seam that are no blanks. */
    private int spoken(int seam) {
        int count = 0;
        int to = Math.min(left.length, seam + MARGIN);
        for (int i = Math.max(0, seam - MARGIN); i < to; i++) {
            count += (left[i] == blank ? 0 : 1) + (right[i] == blank ? 0 : 1);
        }
        return count;
    }
}
