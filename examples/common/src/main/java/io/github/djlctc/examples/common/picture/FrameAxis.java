package io.github.djlctc.examples.common.picture;

import io.github.djlctc.emission.FrameSpan;
import io.github.djlctc.examples.common.FrameScale;

import java.awt.Color;

/** Where the frames of a picture lie, from left to right, and the axis with their positions. */
final class FrameAxis {

    private static final int USUAL_WIDTH = 1400;
    private static final int MAX_COLUMN_WIDTH = 12;
    private static final int MIN_SPAN_WIDTH = 2;
    private static final int MIN_TICK_DISTANCE = 64;

    private final FrameScale scale;
    private final int frames;
    private final int left;
    private final int width;

    /**
     * Lays out frames.
     *
     * @param scale the unit of the positions
     * @param frames the number of frames, at least 1
     * @param left where the first one begins
     * @param width the pixels of all of them
     */
    FrameAxis(FrameScale scale, int frames, int left, int width) {
        this.scale = scale;
        this.frames = frames;
        this.left = left;
        this.width = width;
    }

    /** Returns how many pixels a frame is given where the picture may be as wide as it needs. */
    static int columnWidth(int frames) {
        return Math.max(1, Math.min(MAX_COLUMN_WIDTH, USUAL_WIDTH / frames));
    }

    int width() {
        return width;
    }

    int left(FrameSpan span) {
        return x(span.startFrame());
    }

    /** Returns where a span ends, far enough from its left to be seen. */
    int right(FrameSpan span) {
        return Math.max(left(span) + MIN_SPAN_WIDTH, x(span.endFrame()));
    }

    private int x(int frame) {
        return left + (int) ((long) frame * width / frames);
    }

    /**
     * Draws the ticks of the axis and its name.
     *
     * @param y where the ticks begin
     * @param nameDistance how far below them the name is
     */
    void draw(Canvas canvas, int y, int nameDistance) {
        double perPixel = scale.position(frames).doubleValue() / width;
        double step = AxisTicks.step(MIN_TICK_DISTANCE * perPixel);
        for (int tick = 0; tick * step <= perPixel * width * (1 + 1e-9); tick++) {
            int x = left + (int) Math.round(tick * step / perPixel);
            canvas.line(Color.BLACK, x, y, x, y + 5);
            canvas.text(Color.BLACK, Canvas.Anchor.CENTER, AxisTicks.label(tick * step), x, y + 15);
        }
        String name = scale.quantity() + " (" + scale.unit() + ")";
        canvas.text(Color.BLACK, Canvas.Anchor.CENTER, name, left + width / 2, y + nameDistance);
    }
}
