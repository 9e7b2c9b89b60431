package io.github.djlctc.examples.decode.data;

import io.github.djlctc.emission.FrameSpan;
import io.github.djlctc.examples.common.FrameScale;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A Praat TextGrid: tiers of intervals that cover the whole duration, empty between the labelled
 * ones. In the long text format of <a
 * href="https://www.fon.hum.uva.nl/praat/manual/TextGrid_file_formats.html">Praat's manual</a>.
 */
public final class TextGrid {

    private record Interval(int startFrame, int endFrame, String label) {}

    private final int frames;
    private final FrameScale times;
    private final StringBuilder tiers = new StringBuilder();
    private int tierCount;

    /**
     * Creates a TextGrid without tiers.
     *
     * @param frames the duration, at least one frame
     * @param times the unit of the times; Praat takes them for seconds
     */
    public TextGrid(int frames, FrameScale times) {
        this.frames = frames;
        this.times = times;
    }

    /**
     * Adds a tier.
     *
     * @param <S> the kind of span
     * @param name the name of the tier
     * @param spans what the intervals are, in order, each at least a frame long; where two overlap,
     *     the first one ends where the second begins
     * @param label tells the label of a span
     * @return this TextGrid
     */
    public <S extends FrameSpan> TextGrid tier(
            String name, List<S> spans, Function<S, String> label) {
        List<Interval> intervals = intervals(spans, label);
        tierCount++;
        line(1, "item [" + tierCount + "]:");
        line(2, "class = \"IntervalTier\"");
        line(2, "name = " + quote(name));
        line(2, "xmin = 0");
        line(2, "xmax = " + time(frames));
        line(2, "intervals: size = " + intervals.size());
        for (int i = 0; i < intervals.size(); i++) {
            Interval interval = intervals.get(i);
            line(2, "intervals [" + (i + 1) + "]:");
            line(3, "xmin = " + time(interval.startFrame()));
            line(3, "xmax = " + time(interval.endFrame()));
            line(3, "text = " + quote(interval.label()));
        }
        return this;
    }

    private <S extends FrameSpan> List<Interval> intervals(
            List<S> spans, Function<S, String> label) {
        List<Interval> intervals = new ArrayList<>();
        int covered = 0;
        for (int i = 0; i < spans.size(); i++) {
            S span = spans.get(i);
            if (span.startFrame() > covered) {
                intervals.add(new Interval(covered, span.startFrame(), ""));
            }
            int next = i + 1 < spans.size() ? spans.get(i + 1).startFrame() : frames;
            covered = Math.min(span.endFrame(), next);
            intervals.add(new Interval(span.startFrame(), covered, label.apply(span)));
        }
        if (covered < frames) {
            intervals.add(new Interval(covered, frames, ""));
        }
        return intervals;
    }

    /** {@return the file, to be saved as UTF-8} */
    @Override
    public String toString() {
        return "File type = \"ooTextFile\"\n"
                + "Object class = \"TextGrid\"\n"
                + "\n"
                + "xmin = 0\n"
                + ("xmax = " + time(frames) + "\n")
                + "tiers? <exists>\n"
                + ("size = " + tierCount + "\n")
                + "item []:\n"
                + tiers;
    }

    private void line(int depth, String text) {
        tiers.append("    ".repeat(depth)).append(text).append('\n');
    }

    private String time(int frame) {
        // Praat reads exponents, but people and other tools that read TextGrids may not.
        return new BigDecimal(times.position(frame).toString()).toPlainString();
    }

    private static String quote(String text) {
        return '"' + text.replace("\"", "\"\"") + '"';
    }
}
