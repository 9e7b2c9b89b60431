package io.github.djlctc.examples.common.picture;

import io.github.djlctc.align.Alignment;
import io.github.djlctc.emission.TokenSpan;
import io.github.djlctc.emission.WordSpan;
import io.github.djlctc.examples.common.FrameScale;
import io.github.djlctc.text.Alphabet;

import java.awt.Color;
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

    /** A longer utterance has several frames in a column of pixels. */
    private static final int MAX_WIDTH = 8000;

    private static final int LABEL_GAP = 6;
    private static final int BAR_WIDTH = 18;
    private static final Color TOKEN = new Color(0xd62728);
    private static final Color WORD = new Color(0xffe2b8);
    private static final Color WORD_EDGE = new Color(0xe08214);

    private final String id;
    private final Alignment alignment;
    private final PosteriorRows classes;
    private final FrameAxis frames;
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
        this.id = id;
        this.alignment = alignment;
        PosteriorGrid grid = new PosteriorGrid(alphabet, posteriors, alignment.tokens());
        classes = new PosteriorRows(alphabet, grid, ROW_HEIGHT);
        int count = posteriors.frames();
        width = Math.min(MAX_WIDTH, count * FrameAxis.columnWidth(count));
        frames = new FrameAxis(scale, count, LEFT, width);
        height = classes.height();
    }

    /** {@return the picture} */
    public BufferedImage draw() {
        Canvas canvas = new Canvas(LEFT + width + RIGHT, TOP + height + BOTTOM);
        drawTitle(canvas);
        classes.draw(canvas, LEFT, TOP, width);
        canvas.frame(Color.BLACK, LEFT, TOP, width, height);
        drawWords(canvas);
        drawTokens(canvas);
        drawTimes(canvas);
        drawLegend(canvas);
        return canvas.finish();
    }

    private void drawTitle(Canvas canvas) {
        String text =
                String.format(
                        Locale.ROOT,
                        "posteriors and forced alignment, log probability %.2f",
                        alignment.score());
        new SampleTitle(id, text, 16).draw(canvas, LEFT, TOP / 2);
    }

    private void drawTokens(Canvas canvas) {
        for (TokenSpan token : alignment.tokens()) {
            int left = frames.left(token);
            int top = TOP + classes.top(token.id());
            canvas.boldFrame(TOKEN, left, top + 1, frames.right(token) - left, ROW_HEIGHT - 2);
        }
    }

    private void drawWords(Canvas canvas) {
        int top = TOP + height + 4;
        WordLabels labels = new WordLabels(top, LABEL_GAP);
        for (WordSpan word : alignment.words()) {
            int left = frames.left(word);
            int right = frames.right(word);
            canvas.fill(WORD, left, top, right - left, WordLabels.HEIGHT);
            canvas.line(WORD_EDGE, left, TOP, left, top + WordLabels.HEIGHT);
            canvas.line(WORD_EDGE, right, TOP, right, top + WordLabels.HEIGHT);
            labels.draw(canvas, word.word(), (left + right) / 2);
        }
    }

    private void drawTimes(Canvas canvas) {
        int axis = TOP + height + 8 + WordLabels.HEIGHT;
        canvas.line(Color.BLACK, LEFT, axis, LEFT + width, axis);
        frames.draw(canvas, axis, 36);
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
}
