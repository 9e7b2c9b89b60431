package io.github.djlctc.examples.common.picture;

import java.awt.Color;
import java.awt.Font;

/**
 * The title of a picture of one sample: its name, cut where it is long, and what there is to say.
 */
final class SampleTitle {

    private static final int MAX_ID = 100;
    private static final int OTHER_TEXTS = 12;

    private final String text;
    private final int size;

    SampleTitle(String id, String text, int size) {
        String shown = id.length() > MAX_ID ? id.substring(0, MAX_ID) + "..." : id;
        this.text = shown + ": " + text;
        this.size = size;
    }

    /** Draws the title, and leaves the canvas with the font of the other texts. */
    void draw(Canvas canvas, int left, int middle) {
        canvas.font(Font.BOLD, size);
        canvas.text(Color.BLACK, Canvas.Anchor.LEFT, text, left, middle);
        canvas.font(Font.PLAIN, OTHER_TEXTS);
    }
}
