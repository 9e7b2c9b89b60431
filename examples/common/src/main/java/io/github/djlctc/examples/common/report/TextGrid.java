package io.github.djlctc.examples.common.report;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * A Praat TextGrid: tiers of intervals that cover the whole duration, empty between the labelled
 * ones. In the long text format of <a
 * href="https://www.fon.hum.uva.nl/praat/manual/TextGrid_file_formats.html">Praat's manual</a>.
 */
public final class TextGrid {

    /**
     * An interval with a label.
     *
     * @param start where it starts
     * @param end where it ends
     * @param label its label
     */
    public record Interval(double start, double end, String label) {}

    private final double duration;
    private final StringBuilder tiers = new StringBuilder();
    private int tierCount;

    /**
     * Creates a TextGrid without tiers.
     *
     * @param duration the duration, above 0; Praat takes all times for seconds
     */
    public TextGrid(double duration) {
        if (!(duration > 0 && duration < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("the duration is " + duration);
        }
        this.duration = duration;
    }

    /**
     * Adds a tier.
     *
     * @param name the name of the tier
     * @param labelled its intervals, in the order of their starts; where two overlap, the first one
     *     ends where the second begins, and what reaches beyond the duration is cut; an interval
     *     that has no length then gives its label to its neighbour, since Praat has none of that
     *     kind
     * @return this TextGrid
     */
    public TextGrid tier(String name, List<Interval> labelled) {
        List<Interval> intervals = covering(labelled);
        tierCount++;
        line(1, "item [" + tierCount + "]:");
        line(2, "class = \"IntervalTier\"");
        line(2, "name = " + quote(name));
        line(2, "xmin = 0");
        line(2, "xmax = " + number(duration));
        line(2, "intervals: size = " + intervals.size());
        for (int i = 0; i < intervals.size(); i++) {
            Interval interval = intervals.get(i);
            line(2, "intervals [" + (i + 1) + "]:");
            line(3, "xmin = " + number(interval.start()));
            line(3, "xmax = " + number(interval.end()));
            line(3, "text = " + quote(interval.label()));
        }
        return this;
    }

    private List<Interval> covering(List<Interval> labelled) {
        List<Interval> intervals = new ArrayList<>();
        double covered = 0;
        String waiting = "";
        for (int i = 0; i < labelled.size(); i++) {
            Interval given = labelled.get(i);
            double start = Math.min(duration, Math.max(covered, given.start()));
            double next = i + 1 < labelled.size() ? labelled.get(i + 1).start() : duration;
            double end = Math.min(duration, Math.min(given.end(), Math.max(start, next)));
            String label = joined(waiting, given.label());
            waiting = "";
            if (end <= start) {
                waiting = label;
                continue;
            }
            if (start > covered) {
                intervals.add(new Interval(covered, start, ""));
            }
            intervals.add(new Interval(start, end, label));
            covered = end;
        }
        if (covered < duration) {
            intervals.add(new Interval(covered, duration, waiting));
        } else if (!waiting.isEmpty()) {
            Interval last = intervals.remove(intervals.size() - 1);
            intervals.add(new Interval(last.start(), last.end(), joined(last.label(), waiting)));
        }
        return intervals;
    }

    private static String joined(String one, String other) {
        return one.isEmpty() || other.isEmpty() ? one + other : one + " " + other;
    }

    /** {@return the file, to be saved as UTF-8} */
    @Override
    public String toString() {
        return "File type = \"ooTextFile\"\n"
                + "Object class = \"TextGrid\"\n"
                + "\n"
                + "xmin = 0\n"
                + ("xmax = " + number(duration) + "\n")
                + "tiers? <exists>\n"
                + ("size = " + tierCount + "\n")
                + "item []:\n"
                + tiers;
    }

    private void line(int depth, String text) {
        tiers.append("    ".repeat(depth)).append(text).append('\n');
    }

    private static String number(double value) {
        // Praat reads exponents, but people and other tools that read TextGrids may not.
        return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }

    private static String quote(String text) {
        return '"' + text.replace("\"", "\"\"") + '"';
    }
}
