package io.github.djlctc.examples.common.picture;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;

/** A white picture to draw on; texts are placed by a point of theirs. */
final class Canvas {

    /** Where a text lies, seen from its point, horizontally. Vertically it is in the middle. */
    enum Anchor {
        LEFT,
        CENTER,
        RIGHT
    }

    private static final float BOLD_LINE = 3;

    static {
        // The default mode of AWT needs a screen.
        System.setProperty("java.awt.headless", "true");
    }

    private final BufferedImage image;
    private final Graphics2D graphics;

    Canvas(int width, int height) {
        image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        graphics = image.createGraphics();
        graphics.setRenderingHint(
                RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setRenderingHint(
                RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        fill(Color.WHITE, 0, 0, width, height);
        font(Font.PLAIN, 13);
    }

    /** Ends the drawing. */
    BufferedImage finish() {
        graphics.dispose();
        return image;
    }

    void font(int style, int size) {
        graphics.setFont(new Font(Font.SANS_SERIF, style, size));
    }

    int textWidth(String text) {
        return graphics.getFontMetrics().stringWidth(text);
    }

    void fill(Color color, int x, int y, int width, int height) {
        graphics.setColor(color);
        graphics.fillRect(x, y, width, height);
    }

    /** Draws a picture, its pixels enlarged to rectangles. */
    void image(BufferedImage picture, int x, int y, int width, int height) {
        graphics.drawImage(picture, x, y, width, height, null);
    }

    void line(Color color, int x1, int y1, int x2, int y2) {
        graphics.setColor(color);
        graphics.drawLine(x1, y1, x2, y2);
    }

    void frame(Color color, int x, int y, int width, int height) {
        graphics.setColor(color);
        graphics.drawRect(x, y, width, height);
    }

    void boldFrame(Color color, int x, int y, int width, int height) {
        graphics.setStroke(new BasicStroke(BOLD_LINE));
        frame(color, x, y, width, height);
        graphics.setStroke(new BasicStroke());
    }

    void text(Color color, Anchor anchor, String text, int x, int y) {
        FontMetrics metrics = graphics.getFontMetrics();
        int left =
                switch (anchor) {
                    case LEFT -> x;
                    case CENTER -> x - metrics.stringWidth(text) / 2;
                    case RIGHT -> x - metrics.stringWidth(text);
                };
        graphics.setColor(color);
        graphics.drawString(text, left, y + (metrics.getAscent() - metrics.getDescent()) / 2);
    }

    /** Draws a text that is read from below, its centre at a point. */
    void verticalText(Color color, String text, int x, int y) {
        AffineTransform upright = graphics.getTransform();
        graphics.rotate(-Math.PI / 2, x, y);
        text(color, Anchor.CENTER, text, x, y);
        graphics.setTransform(upright);
    }
}
