package io.github.djlctc.examples.htr.corpus.pen;

import java.util.Arrays;
import java.util.BitSet;

/** A curve through points, with corners at some of them. */
final class PenPath {

    private double[] x = new double[32];
    private double[] y = new double[32];
    private final BitSet corners = new BitSet();
    private int size;

    /** Takes the points of a curve, one after the other. */
    @FunctionalInterface
    interface PointReader {

        /** Takes a point. */
        void point(double x, double y);
    }

    void add(double pointX, double pointY, boolean corner) {
        if (size == x.length) {
            x = Arrays.copyOf(x, 2 * size);
            y = Arrays.copyOf(y, 2 * size);
        }
        x[size] = pointX;
        y[size] = pointY;
        corners.set(size, corner);
        size++;
    }

    boolean isEmpty() {
        return size == 0;
    }

    double lastY() {
        return y[size - 1];
    }

    /**
     * Walks along the curve in steps of about the given length: a cubic Hermite spline through the
     * points, with the chords as parameter, which neither overshoots nor loops where the points are
     * uneven.
     */
    void walk(double step, PointReader reader) {
        reader.point(x[0], y[0]);
        for (int i = 0; i + 1 < size; i++) {
            double chord = distance(i, i + 1);
            double startX = slope(x, i, i + 1) * chord;
            double startY = slope(y, i, i + 1) * chord;
            double endX = slope(x, i + 1, i) * chord;
            double endY = slope(y, i + 1, i) * chord;
            int steps = (int) Math.max(1, Math.ceil(chord / step));
            for (int k = 1; k <= steps; k++) {
                double t = k / (double) steps;
                reader.point(
                        hermite(x[i], startX, x[i + 1], endX, t),
                        hermite(y[i], startY, y[i + 1], endY, t));
            }
        }
    }

    /** Returns the slope at a point, per length of chord, seen from the segment to a neighbour. */
    private double slope(double[] values, int point, int neighbour) {
        int before = point - 1;
        int after = point + 1;
        if (before < 0 || after >= size || corners.get(point)) {
            int from = Math.min(point, neighbour);
            return (values[from + 1] - values[from]) / distance(from, from + 1);
        }
        double left = distance(before, point);
        double right = distance(point, after);
        return ((values[point] - values[before]) / left * right
                        + (values[after] - values[point]) / right * left)
                / (left + right);
    }

    private double distance(int a, int b) {
        return Math.max(1e-6, Math.hypot(x[b] - x[a], y[b] - y[a]));
    }

    private static double hermite(double start, double out, double end, double in, double t) {
        double t2 = t * t;
        double t3 = t2 * t;
        return (2 * t3 - 3 * t2 + 1) * start
                + (t3 - 2 * t2 + t) * out
                + (3 * t2 - 2 * t3) * end
                + (t3 - t2) * in;
    }
}
