package io.github.djlctc.examples.common.picture;

import io.github.djlctc.align.FrameSpan;
import io.github.djlctc.align.TokenSpan;
import io.github.djlctc.align.WordSpan;
import io.github.djlctc.decode.Hypothesis;
import io.github.djlctc.examples.common.FrameScale;
import io.github.djlctc.text.Alphabet;

import java.awt.Color;
import java.awt.Font;
import java.awt.image.BufferedImage;
import java.util.Locale;

/**
 * A text line with the words that were read over it, and under it, to the same scale, the
 * posteriors: a row for each class and a column for each frame.
 */
public final class LinePicture {

    private static final int ROW_HEIGHT = 14;
    private static final int LEFT = 72;
    private static final int RIGHT = 30;
    private static final int TITLE = 34;
    private static final int LABEL_ROWS = 2;
    private static final int LABEL_HEIGHT = 18;
    private static final int LABEL_GAP = 8;
    private static final int GAP = 8;
    private static final int BOTTOM = 50;
    private static final int WIDTH = 1400;
    private static final int MAX_COLUMN_WIDTH = 12;
    private static final int MAX_TITLE = 100;
    private static final int MIN_TICK_DISTANCE = 64;
    private static final Color WORD = new Color(224, 130, 20, 60);
    private static final Color WORD_EDGE = new Color(0xe08214);
    private static final Color TOKEN = new Color(0xd62728);
    private static final Color GRID = new Color(0xe6e6e6);

    private final Alphabet alphabet;
    private final String id;
    private final BufferedImage image;
    private final Posteriors posteriors;
    private final Hypothesis hypothesis;
    private final FrameScale scale;
    private final PosteriorGrid grid;
    private final double columnWidth;
    private final int imageWidth;
    private final int imageHeight;

    /**
     * Prepares a picture.
     *
     * @param alphabet the classes
     * @param id the name of the line
     * @param image the line
     * @param imageFrames how many frames, and parts of one, the image is wide
     * @param posteriors its posteriors, of at least one frame
     * @param hypothesis what was read
     * @param scale the unit of the axis of frames
     */
    public LinePicture(
            Alphabet alphabet,
            String id,
            BufferedImage image,
            double imageFrames,
            Posteriors posteriors,
            Hypothesis hypothesis,
            FrameScale scale) {
        this.alphabet = alphabet;
        this.id = id;
        this.image = image;
        this.posteriors = posteriors;
        this.hypothesis = hypothesis;
        this.scale = scale;
        grid = new PosteriorGrid(alphabet, posteriors, hypothesis.tokens());
        columnWidth = Math.max(1, Math.min(MAX_COLUMN_WIDTH, WIDTH / posteriors.frames()));
        imageWidth = (int) Math.max(1, Math.round(imageFrames * columnWidth));
        imageHeight =
                (int)
                        Math.max(
                                1,
                                Math.round(
                                        (double) imageWidth
                                                * image.getHeight()
                                                / image.getWidth()));
    }

    /** {@return the picture} */
    public BufferedImage draw() {
        int imageTop = TITLE + LABEL_ROWS * LABEL_HEIGHT;
        int gridTop = imageTop + imageHeight + GAP;
        int width = x(posteriors.frames()) - LEFT;
        Canvas canvas =
                new Canvas(LEFT + width + RIGHT, gridTop + grid.rows() * ROW_HEIGHT + BOTTOM);
        drawTitle(canvas);
        canvas.image(image, LEFT, imageTop, imageWidth, imageHeight);
        drawWords(canvas, imageTop);
        drawPosteriors(canvas, gridTop, width);
        drawAxis(canvas, gridTop + grid.rows() * ROW_HEIGHT, width);
        return canvas.finish();
    }

    private void drawTitle(Canvas canvas) {
        String shown = id.length() > MAX_TITLE ? id.substring(0, MAX_TITLE) + "..." : id;
        String title = String.format(Locale.ROOT, "%s: %s", shown, hypothesis.text());
        canvas.font(Font.BOLD, 14);
        canvas.text(Color.BLACK, Canvas.Anchor.LEFT, title, LEFT, TITLE / 2);
        canvas.font(Font.PLAIN, 12);
    }

    private void drawWords(Canvas canvas, int imageTop) {
        LabelRows rows = new LabelRows(LABEL_ROWS);
        for (WordSpan word : hypothesis.words()) {
            int left = x(word.startFrame());
            int right = right(word);
            canvas.fill(WORD, left, imageTop, right - left, imageHeight);
            canvas.frame(WORD_EDGE, left, imageTop, right - left, imageHeight);
            int middle = (left + right) / 2;
            int row = rows.place(middle, canvas.textWidth(word.word()) + LABEL_GAP);
            canvas.text(
                    Color.BLACK,
                    Canvas.Anchor.CENTER,
                    word.word(),
                    middle,
                    TITLE + row * LABEL_HEIGHT + LABEL_HEIGHT / 2);
        }
    }

    private void drawPosteriors(Canvas canvas, int top, int width) {
        canvas.image(grid.image(width), LEFT, top, width, grid.rows() * ROW_HEIGHT);
        for (int row = 0; row < grid.rows(); row++) {
            int y = top + row * ROW_HEIGHT;
            canvas.line(GRID, LEFT, y, LEFT + width, y);
            String token = alphabet.token(grid.classOf(row));
            canvas.text(Color.BLACK, Canvas.Anchor.RIGHT, token, LEFT - GAP, y + ROW_HEIGHT / 2);
        }
        for (TokenSpan token : hypothesis.tokens()) {
            int left = x(token.startFrame());
            int y = top + grid.rowOf(token.id()) * ROW_HEIGHT;
            canvas.frame(TOKEN, left, y, right(token) - left, ROW_HEIGHT);
        }
        canvas.frame(Color.BLACK, LEFT, top, width, grid.rows() * ROW_HEIGHT);
    }

    private void drawAxis(Canvas canvas, int axis, int width) {
        double perPixel = scale.position(posteriors.frames()).doubleValue() / width;
        double step = AxisTicks.step(MIN_TICK_DISTANCE * perPixel);
        for (int tick = 0; tick * step <= perPixel * width * (1 + 1e-9); tick++) {
            int x = LEFT + (int) Math.round(tick * step / perPixel);
            canvas.line(Color.BLACK, x, axis, x, axis + 5);
            canvas.text(
                    Color.BLACK, Canvas.Anchor.CENTER, AxisTicks.label(tick * step), x, axis + 15);
        }
        String label = scale.quantity() + " (" + scale.unit() + ")";
        canvas.text(Color.BLACK, Canvas.Anchor.CENTER, label, LEFT + width / 2, axis + 34);
    }

    private int x(int frame) {
        return LEFT + (int) Math.round(frame * columnWidth);
    }

    private int right(FrameSpan span) {
        return Math.max(x(span.startFrame()) + 2, x(span.endFrame()));
    }
}
