package io.github.djlctc.examples.common.report.html;

import io.github.djlctc.align.Alignment;
import io.github.djlctc.emission.FrameSpan;
import io.github.djlctc.emission.TokenSpan;
import io.github.djlctc.emission.WordSpan;
import io.github.djlctc.examples.common.FrameScale;
import io.github.djlctc.examples.common.picture.AxisTicks;
import io.github.djlctc.examples.common.picture.LabelRows;
import io.github.djlctc.examples.common.picture.PictureFile;
import io.github.djlctc.examples.common.picture.PosteriorGrid;
import io.github.djlctc.examples.common.train.AlignedSample;
import io.github.djlctc.text.Alphabet;

import java.util.Base64;
import java.util.List;
import java.util.Locale;

/**
 * The posteriors of a sample, a row for each class and a column for each frame, below the words and
 * tokens of its reference.
 */
final class AlignmentFigure {

    private static final int LEFT = 74;
    private static final int RIGHT = 16;
    private static final int TOP = 8;
    private static final int LABELS_HEIGHT = 76;
    private static final int BOTTOM = 44;
    private static final int ROW_HEIGHT = 13;
    private static final int WORD_HEIGHT = 18;
    private static final int TOKEN_HEIGHT = 14;
    private static final int TOKEN_TOP = 44;
    private static final int LABEL_ROWS = 2;
    private static final double CHARACTER_WIDTH = 7;
    private static final double LABEL_GAP = 3;
    private static final int MAX_LABEL = 9;
    private static final int TICK_DISTANCE = 64;
    private static final double USUAL_WIDTH = 900;
    private static final double MIN_FRAME_WIDTH = 3;
    private static final double MAX_FRAME_WIDTH = 12;

    /** Leaves room for the name of the axis. */
    private static final int MIN_WIDTH = 120;

    private static final int MAX_WIDTH = 12_000;
    private static final int MAX_COLUMNS = 4000;

    private final Alphabet alphabet;
    private final FrameScale scale;
    private final AlignedSample sample;
    private final List<TokenSpan> tokens;
    private final List<WordSpan> words;
    private final PosteriorGrid grid;
    private final int frames;
    private final int top;
    private final double width;
    private final int height;
    private final Html html = new Html();

    /** Prepares the figure of a sample of at least one frame. */
    AlignmentFigure(Alphabet alphabet, FrameScale scale, AlignedSample sample) {
        this.alphabet = alphabet;
        this.scale = scale;
        this.sample = sample;
        tokens = sample.alignment().map(Alignment::tokens).orElse(List.of());
        words = sample.alignment().map(Alignment::words).orElse(List.of());
        grid = new PosteriorGrid(alphabet, sample.posteriors(), tokens);
        frames = sample.posteriors().frames();
        double frameWidth =
                Math.max(MIN_FRAME_WIDTH, Math.min(MAX_FRAME_WIDTH, USUAL_WIDTH / frames));
        width = Math.min(MAX_WIDTH, frames * frameWidth);
        top = tokens.isEmpty() ? TOP : TOP + LABELS_HEIGHT;
        height = grid.rows() * ROW_HEIGHT;
    }

    Html draw() {
        double fullWidth = LEFT + Math.max(width, MIN_WIDTH) + RIGHT;
        int fullHeight = top + height + BOTTOM;
        html.markup("<div class=\"scroll\"><svg class=\"posteriors\" role=\"img\"")
                .attribute("width", fullWidth)
                .attribute("height", fullHeight)
                .markup(" viewBox=\"0 0 " + Html.pixels(fullWidth) + " " + fullHeight + "\"")
                .markup(" aria-label=\"posteriors and alignment of ")
                .text(sample.transcript().id())
                .markup("\">\n");
        drawPosteriors();
        drawClasses();
        drawWords();
        drawTokens();
        drawPositions();
        return html.markup("</svg></div>\n");
    }

    private void drawPosteriors() {
        byte[] png = PictureFile.png(grid.image(Math.min(frames, MAX_COLUMNS)));
        html.markup("<image preserveAspectRatio=\"none\"");
        box(0, frames, top, height)
                .markup(" href=\"data:image/png;base64,")
                .markup(Base64.getEncoder().encodeToString(png))
                .markup("\"/>\n<rect class=\"border\"");
        box(0, frames, top, height).markup("/>\n");
    }

    private void drawClasses() {
        for (int row = 0; row < grid.rows(); row++) {
            int id = grid.classOf(row);
            String name = id == alphabet.blank() ? "blank" : shown(alphabet.token(id));
            text("end", LEFT - 6, rowTop(row) + ROW_HEIGHT - 3, name);
        }
    }

    private void drawWords() {
        LabelRows rows = new LabelRows(LABEL_ROWS);
        for (WordSpan word : words) {
            html.markup("<g class=\"word\"><rect");
            box(word, 2, LABEL_ROWS * WORD_HEIGHT).markup("><title>");
            describe(word.word(), word, word.confidence());
            html.markup("</title></rect>");
            // A long word may be wider than its frames.
            int row = rows.place(middle(word), textWidth(word.word()));
            text("middle", middle(word), 16 + row * WORD_HEIGHT, word.word());
            html.markup("</g>\n");
        }
    }

    private void drawTokens() {
        LabelRows rows = new LabelRows(LABEL_ROWS);
        for (TokenSpan token : tokens) {
            String name = shown(token.token());
            int labelRow = rows.place(middle(token), textWidth(name));
            int baseline = TOKEN_TOP + TOKEN_HEIGHT * (labelRow + 1) - 3;
            html.markup("<g class=\"token\">");
            text("middle", middle(token), baseline, name);
            int row = grid.rowOf(token.id());
            if (row >= 0) {
                html.markup("<rect");
                box(token, rowTop(row), ROW_HEIGHT).markup("><title>");
                describe(name, token, token.confidence());
                html.markup("</title></rect>");
            }
            html.markup("</g>\n");
        }
    }

    private void describe(String name, FrameSpan span, double confidence) {
        html.text(
                String.format(
                        Locale.ROOT,
                        "%s: %s to %s %s, confidence %.2f",
                        name,
                        AxisTicks.label(scale.position(span.startFrame()).doubleValue()),
                        AxisTicks.label(scale.position(span.endFrame()).doubleValue()),
                        scale.unit(),
                        confidence));
    }

    private void drawPositions() {
        int bottom = top + height;
        double perPixel = scale.position(frames).doubleValue() / width;
        double step = AxisTicks.step(TICK_DISTANCE * perPixel);
        for (int tick = 0; tick * step <= perPixel * width * (1 + 1e-9); tick++) {
            double x = LEFT + tick * step / perPixel;
            html.markup("<path class=\"frame\" d=\"M" + Html.pixels(x) + " " + bottom + "v5\"/>");
            text("middle", x, bottom + 18, AxisTicks.label(tick * step));
        }
        String name = scale.quantity() + " (" + scale.unit() + ")";
        text("middle", LEFT + width / 2, bottom + 36, name);
    }

    private Html box(FrameSpan span, double top, double boxHeight) {
        return box(span.startFrame(), span.endFrame(), top, boxHeight);
    }

    private Html box(int startFrame, int endFrame, double top, double boxHeight) {
        double left = x(startFrame);
        return html.attribute("x", left)
                .attribute("y", top)
                .attribute("width", Math.max(2, x(endFrame) - left))
                .attribute("height", boxHeight);
    }

    private void text(String anchor, double x, double y, String text) {
        html.markup("<text text-anchor=\"" + anchor + "\"")
                .attribute("x", x)
                .attribute("y", y)
                .markup(">")
                .text(text)
                .markup("</text>\n");
    }

    private double middle(FrameSpan span) {
        return (x(span.startFrame()) + x(span.endFrame())) / 2;
    }

    private double x(int frame) {
        return LEFT + width * frame / frames;
    }

    private int rowTop(int row) {
        return top + row * ROW_HEIGHT;
    }

    private static double textWidth(String text) {
        return CHARACTER_WIDTH * text.codePointCount(0, text.length()) + LABEL_GAP;
    }

    private static String shown(String token) {
        if (token.isBlank()) {
            return "␣";
        }
        int length = token.codePointCount(0, token.length());
        return length > MAX_LABEL
                ? token.substring(0, token.offsetByCodePoints(0, MAX_LABEL - 1)) + "…"
                : token;
    }
}
