package io.github.djlctc.examples.common.picture;

import io.github.djlctc.decode.Hypothesis;
import io.github.djlctc.emission.TokenSpan;
import io.github.djlctc.emission.WordSpan;
import io.github.djlctc.examples.common.FrameScale;
import io.github.djlctc.text.Alphabet;

import java.awt.Color;
import java.awt.image.BufferedImage;

/**
 * A text line with the words that were read over it, and under it, to the same scale, the
 * posteriors: a row for each class and a column for each frame.
 */
public final class LinePicture {

    private static final int ROW_HEIGHT = 14;
    private static final int LEFT = 72;
    private static final int RIGHT = 30;
    private static final int TITLE = 34;
    private static final int LABEL_GAP = 8;
    private static final int GAP = 8;
    private static final int BOTTOM = 50;
    private static final Color WORD = new Color(224, 130, 20, 60);
    private static final Color WORD_EDGE = new Color(0xe08214);
    private static final Color TOKEN = new Color(0xd62728);

    private final String id;
    private final BufferedImage image;
    private final Hypothesis hypothesis;
    private final PosteriorRows classes;
    private final FrameAxis frames;
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
        this.id = id;
        this.image = image;
        this.hypothesis = hypothesis;
        PosteriorGrid grid = new PosteriorGrid(alphabet, posteriors, hypothesis.tokens());
        classes = new PosteriorRows(alphabet, grid, ROW_HEIGHT);
        int count = posteriors.frames();
        int columnWidth = FrameAxis.columnWidth(count);
        frames = new FrameAxis(scale, count, LEFT, count * columnWidth);
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
        int imageTop = TITLE + WordLabels.HEIGHT;
        int gridTop = imageTop + imageHeight + GAP;
        int gridBottom = gridTop + classes.height();
        Canvas canvas = new Canvas(LEFT + frames.width() + RIGHT, gridBottom + BOTTOM);
        new SampleTitle(id, hypothesis.text(), 14).draw(canvas, LEFT, TITLE / 2);
        canvas.image(image, LEFT, imageTop, imageWidth, imageHeight);
        drawWords(canvas, imageTop);
        drawPosteriors(canvas, gridTop);
        frames.draw(canvas, gridBottom, 34);
        return canvas.finish();
    }

    private void drawWords(Canvas canvas, int imageTop) {
        WordLabels labels = new WordLabels(TITLE, LABEL_GAP);
        for (WordSpan word : hypothesis.words()) {
            int left = frames.left(word);
            int right = frames.right(word);
            canvas.fill(WORD, left, imageTop, right - left, imageHeight);
            canvas.frame(WORD_EDGE, left, imageTop, right - left, imageHeight);
            labels.draw(canvas, word.word(), (left + right) / 2);
        }
    }

    private void drawPosteriors(Canvas canvas, int top) {
        classes.draw(canvas, LEFT, top, frames.width());
        for (TokenSpan token : hypothesis.tokens()) {
            int left = frames.left(token);
            int y = top + classes.top(token.id());
            canvas.frame(TOKEN, left, y, frames.right(token) - left, ROW_HEIGHT);
        }
        canvas.frame(Color.BLACK, LEFT, top, frames.width(), classes.height());
    }
}
