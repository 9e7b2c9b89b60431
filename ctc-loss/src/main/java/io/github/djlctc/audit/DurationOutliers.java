package io.github.djlctc.audit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.PriorityQueue;

/**
 * Finds samples whose frames per label are far from those of the others, which most often means a
 * wrong or a cut transcript.
 *
 * <p>The distance is that of Iglewicz and Hoaglin (1993), "How to Detect and Handle Outliers": |x -
 * median| / (1.4826 MAD), here of logarithms, since the frames per label vary by factors; MAD is
 * the median of |x - median|.
 */
final class DurationOutliers {

    /** Fewer samples do not show which durations are usual. */
    private static final int MIN_SAMPLES = 20;

    /** The standard deviation of a normal distribution over its MAD. */
    private static final double NORMAL = 1.4826;

    /** The least deviation that is assumed; synthetic durations vary less. */
    private static final double MIN_DEVIATION = Math.log(1.1);

    private final int named;
    private final double limit;
    private final FloatList rates = new FloatList();
    private final PriorityQueue<Rate> slowest =
            new PriorityQueue<>(Comparator.comparingDouble(Rate::framesPerLabel));
    private final PriorityQueue<Rate> fastest =
            new PriorityQueue<>(Comparator.comparingDouble(Rate::framesPerLabel).reversed());

    /** The frames and labels of a sample. */
    private record Rate(String id, int frames, int labels) {

        float framesPerLabel() {
            return (float) frames / labels;
        }

        double logarithm() {
            return Math.log(framesPerLabel());
        }
    }

    DurationOutliers(int named, double limit) {
        this.named = named;
        this.limit = limit;
    }

    /** Adds a sample of at least one frame and one label. */
    void add(String id, int frames, int labels) {
        Rate rate = new Rate(id, frames, labels);
        rates.add(rate.framesPerLabel());
        keepExtreme(slowest, rate);
        keepExtreme(fastest, rate);
    }

    private void keepExtreme(PriorityQueue<Rate> extremes, Rate rate) {
        extremes.add(rate);
        if (extremes.size() > named) {
            extremes.remove();
        }
    }

    float[] sortedRates() {
        return rates.sorted();
    }

    /** Returns the outliers so far, the worst first. */
    AuditOccurrences outliers() {
        AuditOccurrences outliers = new AuditOccurrences(named);
        if (rates.size() < MIN_SAMPLES) {
            return outliers;
        }
        double[] logarithms = logarithms();
        double median = median(logarithms);
        double[] distances = distances(logarithms, median);
        double reach = limit * Math.max(MIN_DEVIATION, NORMAL * median(distances));
        int count = (int) Arrays.stream(distances).filter(distance -> distance > reach).count();
        List<Rate> worst = worstFirst(median);
        int shown = Math.min(count, named);
        for (Rate rate : worst.subList(0, shown)) {
            outliers.add(rate.id(), () -> describe(rate, Math.exp(median)));
        }
        outliers.addUnnamed(count - shown);
        return outliers;
    }

    private static double[] distances(double[] logarithms, double median) {
        double[] distances = new double[logarithms.length];
        for (int i = 0; i < distances.length; i++) {
            distances[i] = Math.abs(logarithms[i] - median);
        }
        Arrays.sort(distances);
        return distances;
    }

    private List<Rate> worstFirst(double median) {
        List<Rate> worst = new ArrayList<>(slowest);
        fastest.stream().filter(rate -> !slowest.contains(rate)).forEach(worst::add);
        worst.sort(
                Comparator.comparingDouble((Rate rate) -> -Math.abs(rate.logarithm() - median))
                        .thenComparing(Rate::id));
        return worst;
    }

    private double[] logarithms() {
        float[] sorted = rates.sorted();
        double[] logarithms = new double[sorted.length];
        for (int i = 0; i < sorted.length; i++) {
            logarithms[i] = Math.log(sorted[i]);
        }
        return logarithms;
    }

    private static double median(double[] sorted) {
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    private static String describe(Rate rate, double median) {
        return String.format(
                Locale.ROOT,
                "frames %d, labels %d, frames per label %.1f; their median is %.1f",
                rate.frames(),
                rate.labels(),
                rate.framesPerLabel(),
                median);
    }
}
