package io.github.djlctc.examples.htr.corpus.pen;

import java.util.Arrays;

/**
 * The discs that a pen leaves behind, in pixels from any origin, y downwards; a chain is a stroke.
 */
final class InkLine {

    private double[] x = new double[256];
    private double[] y = new double[256];
    private double[] radius = new double[256];
    private boolean[] starts = new boolean[256];
    private int size;
    private double minX = Double.POSITIVE_INFINITY;
    private double maxX = Double.NEGATIVE_INFINITY;
    private double minY = Double.POSITIVE_INFINITY;
    private double maxY = Double.NEGATIVE_INFINITY;

    void add(double discX, double discY, double discRadius, boolean start) {
        if (size == x.length) {
            x = Arrays.copyOf(x, 2 * size);
            y = Arrays.copyOf(y, 2 * size);
            radius = Arrays.copyOf(radius, 2 * size);
            starts = Arrays.copyOf(starts, 2 * size);
        }
        x[size] = discX;
        y[size] = discY;
        radius[size] = discRadius;
        starts[size] = start;
        size++;
        minX = Math.min(minX, discX - discRadius);
        maxX = Math.max(maxX, discX + discRadius);
        minY = Math.min(minY, discY - discRadius);
        maxY = Math.max(maxY, discY + discRadius);
    }

    double minX() {
        return minX;
    }

    double maxX() {
        return maxX;
    }

    double minY() {
        return minY;
    }

    double maxY() {
        return maxY;
    }

    /**
     * Draws the strokes, with soft edges of 1 pixel.
     *
     * @param left the x of the left edge of the picture
     * @param top the y of its top edge
     */
    float[] draw(double left, double top, int width, int height) {
        float[] ink = new float[width * height];
        for (int i = 0; i < size; i++) {
            int from = starts[i] ? i : i - 1;
            if (!starts[i] || i + 1 == size || starts[i + 1]) {
                drawSegment(ink, width, height, from, i, left, top);
            }
        }
        return ink;
    }

    private void drawSegment(
            float[] ink, int width, int height, int from, int to, double left, double top) {
        double ax = x[from] - left - 0.5;
        double ay = y[from] - top - 0.5;
        double bx = x[to] - left - 0.5;
        double by = y[to] - top - 0.5;
        double reach = Math.max(radius[from], radius[to]) + 0.5;
        int x0 = Math.max(0, (int) Math.ceil(Math.min(ax, bx) - reach));
        int x1 = Math.min(width - 1, (int) Math.floor(Math.max(ax, bx) + reach));
        int y0 = Math.max(0, (int) Math.ceil(Math.min(ay, by) - reach));
        int y1 = Math.min(height - 1, (int) Math.floor(Math.max(ay, by) + reach));
        double dx = bx - ax;
        double dy = by - ay;
        double perSquare = 1 / Math.max(1e-9, dx * dx + dy * dy);
        for (int py = y0; py <= y1; py++) {
            for (int px = x0; px <= x1; px++) {
                double t = ((px - ax) * dx + (py - ay) * dy) * perSquare;
                t = Math.max(0, Math.min(1, t));
                double ex = px - ax - t * dx;
                double ey = py - ay - t * dy;
                double edge = radius[from] + t * (radius[to] - radius[from]) + 0.5;
                double square = ex * ex + ey * ey;
                if (square < edge * edge) {
                    int pixel = py * width + px;
                    float cover = (float) Math.min(1, edge - Math.sqrt(square));
                    ink[pixel] = Math.max(ink[pixel], cover);
                }
            }
        }
    }
}
