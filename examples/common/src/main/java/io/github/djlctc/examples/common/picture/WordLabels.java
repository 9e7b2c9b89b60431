package io.github.djlctc.examples.common.picture;

import java.awt.Color;

/** The words along a picture, from left to right, in rows so that few of them overlap. */
final class WordLabels {

    private static final int ROWS = 2;
    private static final int ROW_HEIGHT = 18;

    /** The height of all rows. */
    static final int HEIGHT = ROWS * ROW_HEIGHT;

    private final LabelRows rows = new LabelRows(ROWS);
    private final int top;
    private final int gap;

    /**
     * Creates empty rows.
     *
     * @param top where the first row begins
     * @param gap the distance of words in a row, in pixels
     */
    WordLabels(int top, int gap) {
        this.top = top;
        this.gap = gap;
    }

    void draw(Canvas canvas, String word, int middle) {
        int row = rows.place(middle, canvas.textWidth(word) + gap);
        int y = top + row * ROW_HEIGHT + ROW_HEIGHT / 2;
        canvas.text(Color.BLACK, Canvas.Anchor.CENTER, word, middle, y);
    }
}
