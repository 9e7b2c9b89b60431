package io.github.djlctc.examples.common.picture;

import java.awt.Color;
import java.awt.Font;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A picture of values on a grid, one of which is marked as the best. */
public final class HeatMap {

    /**
     * An axis.
     *
     * @param name what varies along it
     * @param description what that is
     * @param ticks the values along it, from left to right or from the bottom up
     */
    public record Axis(String name, String description, List<String> ticks) {

        /**
         * Copies the list.
         *
         * @param name what varies along it
         * @param description what that is
         * @param ticks the values along it
         */
        public Axis {
            ticks = List.copyOf(ticks);
        }

        private String label() {
            return name + " (" + description + ")";
        }

        private String at(int index) {
            return name + " " + ticks.get(index);
        }
    }

    /**
     * A place in the grid.
     *
     * @param column the index along the x axis
     * @param row the index along the y axis
     */
    public record Cell(int column, int row) {}

    private static final int CELL_WIDTH = 72;
    private static final int CELL_HEIGHT = 44;
    private static final int LEFT = 110;
    private static final int TOP = 64;
    private static final int BOTTOM = 108;
    private static final int RIGHT = 150;
    private static final int MIN_WIDTH = 360;
    private static final int MIN_HEIGHT = 180;
    private static final int BAR_WIDTH = 20;
    private static final int BAR_TICKS = 5;
    private static final Color BEST = new Color(0xd62728);

    private final String title;
    private final Axis x;
    private final Axis y;
    private final Cell best;
    private final String unit;
    private final double[][] values;
    private final int width;
    private final int height;
    private final double least;
    private final double most;

    /**
     * Creates a heat map.
     *
     * @param title what the picture shows
     * @param x the horizontal axis
     * @param y the vertical axis
     * @param best the cell to mark
     * @param unit what the values are, shown at the colour scale
     * @param values at [row][column], finite
     */
    public HeatMap(String title, Axis x, Axis y, Cell best, String unit, double[][] values) {
        this.title = title;
        this.x = x;
        this.y = y;
        this.best = best;
        this.unit = unit;
        this.values = values;
        width = Math.max(MIN_WIDTH, x.ticks().size() * CELL_WIDTH);
        height = Math.max(MIN_HEIGHT, y.ticks().size() * CELL_HEIGHT);
        least = Arrays.stream(values).flatMapToDouble(Arrays::stream).min().orElseThrow();
        most = Arrays.stream(values).flatMapToDouble(Arrays::stream).max().orElseThrow();
    }

    /** {@return the picture} */
    public BufferedImage draw() {
        Canvas canvas = new Canvas(LEFT + width + RIGHT, TOP + height + BOTTOM);
        canvas.font(Font.BOLD, 17);
        canvas.text(Color.BLACK, Canvas.Anchor.CENTER, title, LEFT + width / 2, TOP / 2);
        canvas.font(Font.PLAIN, 14);
        drawCells(canvas);
        drawAxes(canvas);
        drawScale(canvas);
        drawLegend(canvas);
        return canvas.finish();
    }

    private void drawCells(Canvas canvas) {
        for (int row = 0; row < values.length; row++) {
            for (int column = 0; column < values[row].length; column++) {
                Color color = color(values[row][column]);
                int left = left(column);
                int top = top(row);
                canvas.fill(color, left, top, left(column + 1) - left, top(row - 1) - top);
                canvas.text(
                        ColorScale.textOn(color),
                        Canvas.Anchor.CENTER,
                        String.format(Locale.ROOT, "%.2f", values[row][column]),
                        (left + left(column + 1)) / 2,
                        (top + top(row - 1)) / 2);
            }
        }
        canvas.frame(Color.BLACK, LEFT, TOP, width, height);
        canvas.boldFrame(
                BEST,
                left(best.column()) + 1,
                top(best.row()) + 1,
                left(best.column() + 1) - left(best.column()) - 3,
                top(best.row() - 1) - top(best.row()) - 3);
    }

    private void drawAxes(Canvas canvas) {
        int bottom = TOP + height;
        for (int column = 0; column < x.ticks().size(); column++) {
            int middle = (left(column) + left(column + 1)) / 2;
            canvas.line(Color.BLACK, middle, bottom, middle, bottom + 5);
            canvas.text(
                    Color.BLACK, Canvas.Anchor.CENTER, x.ticks().get(column), middle, bottom + 17);
        }
        for (int row = 0; row < y.ticks().size(); row++) {
            int middle = (top(row) + top(row - 1)) / 2;
            canvas.line(Color.BLACK, LEFT - 5, middle, LEFT, middle);
            canvas.text(Color.BLACK, Canvas.Anchor.RIGHT, y.ticks().get(row), LEFT - 9, middle);
        }
        canvas.text(Color.BLACK, Canvas.Anchor.CENTER, x.label(), LEFT + width / 2, bottom + 44);
        canvas.verticalText(Color.BLACK, y.label(), 28, TOP + height / 2);
    }

    private void drawScale(Canvas canvas) {
        int left = LEFT + width + 36;
        for (int i = 0; i < height; i++) {
            Color color = ColorScale.VIOLET_TO_YELLOW.color((double) i / (height - 1));
            canvas.fill(color, left, TOP + i, BAR_WIDTH, 1);
        }
        canvas.frame(Color.BLACK, left, TOP, BAR_WIDTH, height);
        canvas.text(Color.BLACK, Canvas.Anchor.LEFT, unit, left, TOP - 14);
        int right = left + BAR_WIDTH;
        int last = most > least ? BAR_TICKS - 1 : 0;
        for (int tick = 0; tick <= last; tick++) {
            double part = last == 0 ? 0.5 : (double) tick / last;
            int middle = (int) Math.round(TOP + (1 - part) * height);
            String label = String.format(Locale.ROOT, "%.2f", least + part * (most - least));
            canvas.line(Color.BLACK, right, middle, right + 5, middle);
            canvas.text(Color.BLACK, Canvas.Anchor.LEFT, label, right + 9, middle);
        }
    }

    private void drawLegend(Canvas canvas) {
        int middle = TOP + height + 82;
        String text =
                String.format(
                        Locale.ROOT,
                        "best: %.2f %% at %s, %s",
                        values[best.row()][best.column()],
                        x.at(best.column()),
                        y.at(best.row()));
        int left = LEFT + (width - canvas.textWidth(text) - 32) / 2;
        canvas.boldFrame(BEST, left, middle - 8, 22, 16);
        canvas.text(Color.BLACK, Canvas.Anchor.LEFT, text, left + 32, middle);
    }

    /** Low values are light, since less is better. */
    private Color color(double value) {
        double part = most > least ? (value - least) / (most - least) : 0.5;
        return ColorScale.VIOLET_TO_YELLOW.color(1 - part);
    }

    private int left(int column) {
        return LEFT + width * column / x.ticks().size();
    }

    private int top(int row) {
        int rows = y.ticks().size();
        return TOP + height * (rows - 1 - row) / rows;
    }
}
