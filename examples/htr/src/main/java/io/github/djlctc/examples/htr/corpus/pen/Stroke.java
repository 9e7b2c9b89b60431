package io.github.djlctc.examples.htr.corpus.pen;

import java.util.BitSet;

/**
 * The points that a pen goes through without being lifted, in units of a tenth of a small letter.
 */
final class Stroke {

    private final double[] x;
    private final double[] y;
    private final BitSet corners;

    /** Takes points, of which the numbered ones are corners; not copied. */
    Stroke(double[] x, double[] y, BitSet corners) {
        this.x = x;
        this.y = y;
        this.corners = corners;
    }

    /** Reads points such as {@code 0,10 3.8,0! 7.6,10}. */
    static Stroke parse(String points) {
        String[] fields = points.trim().split(" +", -1);
        double[] x = new double[fields.length];
        double[] y = new double[fields.length];
        BitSet corners = new BitSet();
        for (int i = 0; i < fields.length; i++) {
            corners.set(i, fields[i].endsWith("!"));
            String[] pair = fields[i].replace("!", "").split(",", -1);
            x[i] = Double.parseDouble(pair[0]);
            y[i] = Double.parseDouble(pair[1]);
        }
        return new Stroke(x, y, corners);
    }

    int size() {
        return x.length;
    }

    double x(int point) {
        return x[point];
    }

    double y(int point) {
        return y[point];
    }

    boolean isCorner(int point) {
        return corners.get(point);
    }

    double right() {
        double right = 0;
        for (double value : x) {
            right = Math.max(right, value);
        }
        return right;
    }
}
