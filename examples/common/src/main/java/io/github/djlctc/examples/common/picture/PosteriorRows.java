package io.github.djlctc.examples.common.picture;

import io.github.djlctc.text.Alphabet;

import java.awt.Color;

/** Posteriors in a picture: a row for each class, its token at the left. */
final class PosteriorRows {

    private static final int NAME_GAP = 8;
    private static final Color LINE = new Color(0xe6e6e6);

    private final Alphabet alphabet;
    private final PosteriorGrid grid;
    private final int rowHeight;

    PosteriorRows(Alphabet alphabet, PosteriorGrid grid, int rowHeight) {
        this.alphabet = alphabet;
        this.grid = grid;
        this.rowHeight = rowHeight;
    }

    int height() {
        return grid.rows() * rowHeight;
    }

    /** Returns where the row of a class begins, seen from the first row. */
    int top(int id) {
        return grid.rowOf(id) * rowHeight;
    }

    void draw(Canvas canvas, int left, int top, int width) {
        canvas.image(grid.image(width), left, top, width, height());
        for (int row = 0; row < grid.rows(); row++) {
            int y = top + row * rowHeight;
            canvas.line(LINE, left, y, left + width, y);
            String token = alphabet.token(grid.classOf(row));
            canvas.text(
                    Color.BLACK, Canvas.Anchor.RIGHT, token, left - NAME_GAP, y + rowHeight / 2);
        }
    }
}
