package io.github.djlctc.decode;

import java.util.Arrays;

/** Decides which prefixes are worth their place in the beam. */
final class BeamPruner {

    private final int beamWidth;
    private final double leastShare;

    /** The total probabilities of prefixes, reordered while the worst that stays is looked for. */
    private double[] totals;

    private double least;
    private int ties;

    BeamPruner(int beamWidth, double beamThreshold) {
        this.beamWidth = beamWidth;
        leastShare = Math.exp(-beamThreshold);
        totals = new double[Math.min(beamWidth, 256)];
    }

    /**
     * Returns what an extension must have to be kept beside the prefixes that stay: that share of
     * the best which the threshold asks for, and, where the beam is full, what the worst has.
     */
    double cutoff(Beam beam) {
        double best = 0;
        double worst = Double.POSITIVE_INFINITY;
        for (int i = 0; i < beam.size(); i++) {
            double total = beam.total(i);
            best = Math.max(best, total);
            worst = Math.min(worst, total);
        }
        return Math.max(best * leastShare, beam.size() >= beamWidth ? worst : 0);
    }

    /**
     * Finds the least that {@link #keepsNext} keeps.
     *
     * @return the probability of the best prefix
     */
    double start(Beam beam) {
        int size = beam.size();
        if (size > totals.length) {
            totals = Arrays.copyOf(totals, Math.max(size, 2 * totals.length));
        }
        double best = 0;
        for (int i = 0; i < size; i++) {
            totals[i] = beam.total(i);
            best = Math.max(best, totals[i]);
        }
        least = Math.max(best * leastShare, Double.MIN_NORMAL);
        ties = size;
        if (size > beamWidth) {
            double last = Selection.nthGreatest(totals, size, beamWidth);
            if (last >= least) {
                least = last;
                ties = beamWidth;
                for (int i = 0; i < size; i++) {
                    ties -= totals[i] > least ? 1 : 0;
                }
            }
        }
        return best;
    }

    /** Returns whether to keep the next prefix; of equal ones, the first are kept. */
    boolean keepsNext(double total) {
        return total > least || (total == least && ties-- > 0);
    }
}
