package io.github.djlctc.examples.common.picture;

import io.github.djlctc.align.Alignment;
import io.github.djlctc.align.TokenSpan;
import io.github.djlctc.align.WordSpan;
import io.github.djlctc.examples.common.FrameScale;
import io.github.djlctc.text.Alphabet;

import java.awt.Color;
import java.awt.Font;
import java.awt.image.BufferedImage;
import java.util.Locale;

/**
 * The posteriors of an utterance or a text line, a row for each class and a column for each frame,
 * with the alignment of its text drawn over them, and its words along the axis of frames.
 */
public final class AlignmentPicture {

    private static final int ROW_HEIGHT = 16;
    private static final int LEFT = 96;
    private static final int RIGHT = 110;
    private static final int TOP = 58;
    private static final int BOTTOM = 130;
    private static final int MAX_COLUMN_WIDTH = 12;
    private static final int WIDTH = 1400;

    /** A longer utterance has several frames in a column of pixels. */
    private static final int MAX_WIDTH = 8000;

    private static final int LABEL_ROWS = 2;
    private static final int LABEL_HEIGHT = 18;
    private static final int LABEL_GAP = 6;
    private static final int MIN_TICK_DISTANCE = 64;
    private static final int BAR_WIDTH = 18;
    private static final int MAX_TITLE = 100;
    private static final Color TOKEN = new Color(0xd62728);
    private static final Color WORD = new Color(0xffe2b8);
    private static final Color WORD_EDGE = new Color(0xe08214);
    private static final Color GRID = new Color(0xe6e6e6);

    private final Alphabet alphabet;
    private final String id;
    private final Posteriors posteriors;
    private final Alignment alignment;
    private final FrameScale scale;
    private final PosteriorGrid grid;
    private final int width;
    private final int height;

    /**
     * Prepares a picture.
     *
     * @param alphabet the classes
     * @param id the name of the utterance or text line
     * @param posteriors its posteriors, of at least one frame
     * @param alignment where its text lies
     * @param scale the unit of the axis of frames
     */
    public AlignmentPicture(
            Alphabet alphabet,
            String id,
            Posteriors posteriors,
            Alignment alignment,
            FrameScale scale) {
        this.alphabet = alphabet;
        this.id = id;
        this.posteriors = posteriors;
        this.alignment = alignment;
        this.scale = scale;
        grid = new PosteriorGrid(alphabet, posteriors, alignment.tokens());
        int columnWidth = Math.max(1, Math.min(MAX_COLUMN_WIDTH, WIDTH / posteriors.frames()));
        width = Math.min(MAX_WIDTH, posteriors.frames() * columnWidth);
        height = grid.rows() * ROW_HEIGHT;
    }

    /** {@return the picture} */
    public BufferedImage draw() {
        Canvas canvas = new Canvas(LEFT + width + RIGHT, TOP + height + BOTTOM);
        drawTitle(canvas);
        drawPosteriors(canvas);
        drawClasses(canvas);
        drawWords(canvas);
        drawTokens(canvas);
        drawTimes(canvas);
        drawLegend(canvas);
        return canvas.finish();
    }

    private void drawTitle(Canvas canvas) {
        String shown = id.length() > MAX_TITLE ? id.substring(0, MAX_TITLE) + "..." : id;
        String title =
                String.format(
                        Locale.ROOT,
                        "%s: posteriors and forced alignment, log probability %.2f",
                        shown,
                        alignment.score());
        canvas.font(Font.BOLD, 16);
        canvas.text(Color.BLACK, Canvas.Anchor.LEFT, title, LEFT, TOP / 2);
        canvas.font(Font.PLAIN, 12);
    }

    private void drawPosteriors(Canvas canvas) {
        canvas.image(grid.image(width), LEFT, TOP, width, height);
    }

    private void drawClasses(Canvas canvas) {
        for (int row = 0; row < grid.rows(); row++) {
            canvas.line(GRID, LEFT, top(row), LEFT + width, top(row));
            canvas.text(
                    Color.BLACK,
                    Canvas.Anchor.RIGHT,
                    alphabet.token(grid.classOf(row)),
                    LEFT - 8,
                    top(row) + ROW_HEIGHT / 2);
        }
        canvas.frame(Color.BLACK, LEFT, TOP, width, height);
    }

    private void drawTokens(Canvas canvas) {
        for (TokenSpan token : alignment.tokens()) {
            int left = x(token.startFrame());
            int right = Math.max(left + 2, x(token.endFrame()));
            canvas.boldFrame(
                    TOKEN, left, top(grid.rowOf(token.id())) + 1, right - left, ROW_HEIGHT - 2);
        }
    }

    private void drawWords(Canvas canvas) {
        int top = TOP + height + 4;
        LabelRows rows = new LabelRows(LABEL_ROWS);
        for (WordSpan word : alignment.words()) {
            int left = x(word.startFrame());
            int right = Math.max(left + 2, x(word.endFrame()));
            canvas.fill(WORD, left, top, right - left, LABEL_ROWS * LABEL_HEIGHT);
            canvas.line(WORD_EDGE, left, TOP, left, top + LABEL_ROWS * LABEL_HEIGHT);
            canvas.line(WORD_EDGE, right, TOP, right, top + LABEL_ROWS * LABEL_HEIGHT);
            int middle = (left + right) / 2;
            int row = rows.place(middle, canvas.textWidth(word.word()) + LABEL_GAP);
            canvas.text(
                    Color.BLACK,
                    Canvas.Anchor.CENTER,
                    word.word(),
                    middle,
                    top + row * LABEL_HEIGHT + LABEL_HEIGHT / 2);
        }
    }

    private void drawTimes(Canvas canvas) {
        int axis = TOP + height + 8 + LABEL_ROWS * LABEL_HEIGHT;
        canvas.line(Color.BLACK, LEFT, axis, LEFT + width, axis);
        double perPixel = scale.position(posteriors.frames()).doubleValue() / width;
        double step = AxisTicks.step(MIN_TICK_DISTANCE * perPixel);
        for (int tick = 0; tick * step <= perPixel * width * (1 + 1e-9); tick++) {
            int x = LEFT + (int) Math.round(tick * step / perPixel);
            canvas.line(Color.BLACK, x, axis, x, axis + 5);
            canvas.text(
                    Color.BLACK, Canvas.Anchor.CENTER, AxisTicks.label(tick * step), x, axis + 15);
        }
        canvas.text(
                Color.BLACK,
                Canvas.Anchor.CENTER,
                scale.quantity() + " (" + scale.unit() + ")",
                LEFT + width / 2,
                axis + 36);
    }

    private void drawLegend(Canvas canvas) {
        int left = LEFT + width + 24;
        int barHeight = Math.min(height, 160);
        canvas.text(Color.BLACK, Canvas.Anchor.LEFT, "posterior", left, TOP - 12);
        for (int i = 0; i < barHeight; i++) {
            Color color = ColorScale.WHITE_TO_BLUE.color(1 - (double) i / (barHeight - 1));
            canvas.fill(color, left, TOP + i, BAR_WIDTH, 1);
        }
        canvas.frame(Color.BLACK, left, TOP, BAR_WIDTH, barHeight);
        canvas.text(Color.BLACK, Canvas.Anchor.LEFT, "1", left + BAR_WIDTH + 8, TOP + 4);
        canvas.text(
                Color.BLACK, Canvas.Anchor.LEFT, "0", left + BAR_WIDTH + 8, TOP + barHeight - 4);
        int bottom = TOP + height + 108;
        canvas.boldFrame(TOKEN, LEFT, bottom - 6, 20, 12);
        canvas.text(Color.BLACK, Canvas.Anchor.LEFT, "token of the alignment", LEFT + 28, bottom);
        canvas.fill(WORD, LEFT + 210, bottom - 8, 22, 16);
        canvas.line(WORD_EDGE, LEFT + 210, bottom - 8, LEFT + 210, bottom + 8);
        canvas.line(WORD_EDGE, LEFT + 232, bottom - 8, LEFT + 232, bottom + 8);
        canvas.text(Color.BLACK, Canvas.Anchor.LEFT, "word", LEFT + 240, bottom);
    }

    private int x(int frame) {
        return LEFT + (int) ((long) frame * width / posteriors.frames());
    }

    private static int top(int row) {
        return TOP + row * ROW_HEIGHT;
    }
}
