package io.github.djlctc.examples.decode.picture;

import io.github.djlctc.align.Alignment;
import io.github.djlctc.align.TokenSpan;
import io.github.djlctc.align.WordSpan;
import io.github.djlctc.examples.decode.data.TimeScale;
import io.github.djlctc.examples.decode.data.Utterance;
import io.github.djlctc.text.Alphabet;

import java.awt.Color;
import java.awt.Font;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * The posteriors of an utterance, a row for each class and a column for each frame, with the
 * alignment of its text drawn over them, and its words along the time axis.
 */
public final class AlignmentPicture {

    /** Of larger alphabets, only the blank and the classes of the text are shown. */
    private static final int MAX_ROWS = 64;

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
    private final Utterance utterance;
    private final Alignment alignment;
    private final TimeScale times;
    private final int[] classes;
    private final int width;
    private final int height;

    /**
     * Prepares a picture.
     *
     * @param alphabet the classes
     * @param utterance the utterance, of at least one frame
     * @param alignment where its text lies
     * @param times the unit of the time axis
     */
    public AlignmentPicture(
            Alphabet alphabet, Utterance utterance, Alignment alignment, TimeScale times) {
        this.alphabet = alphabet;
        this.utterance = utterance;
        this.alignment = alignment;
        this.times = times;
        classes = shownClasses();
        int columnWidth = Math.max(1, Math.min(MAX_COLUMN_WIDTH, WIDTH / utterance.frames()));
        width = Math.min(MAX_WIDTH, utterance.frames() * columnWidth);
        height = classes.length * ROW_HEIGHT;
    }

    private int[] shownClasses() {
        if (alphabet.size() <= MAX_ROWS) {
            return IntStream.range(0, alphabet.size()).toArray();
        }
        TreeSet<Integer> shown = new TreeSet<>(List.of(alphabet.blank()));
        alignment.tokens().forEach(token -> shown.add(token.id()));
        return shown.stream().mapToInt(Integer::intValue).toArray();
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
        String id = utterance.id();
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
        float[][] posteriors = posteriors();
        for (int column = 0; column < width; column++) {
            int first = frame(column);
            int end = Math.max(first + 1, frame(column + 1));
            for (int row = 0; row < classes.length; row++) {
                float highest = 0;
                for (int frame = first; frame < end; frame++) {
                    highest = Math.max(highest, posteriors[row][frame]);
                }
                canvas.fill(
                        ColorScale.WHITE_TO_BLUE.color(highest),
                        LEFT + column,
                        top(row),
                        1,
                        ROW_HEIGHT);
            }
        }
    }

    /** Returns probabilities at [row][frame]. */
    private float[][] posteriors() {
        int size = alphabet.size();
        float[] emissions = utterance.emissions();
        float[][] posteriors = new float[classes.length][utterance.frames()];
        for (int frame = 0; frame < utterance.frames(); frame++) {
            int from = frame * size;
            double highest = Double.NEGATIVE_INFINITY;
            for (int id = 0; id < size; id++) {
                highest = Math.max(highest, emissions[from + id]);
            }
            double sum = 0;
            for (int id = 0; id < size; id++) {
                sum += Math.exp(emissions[from + id] - highest);
            }
            for (int row = 0; row < classes.length; row++) {
                posteriors[row][frame] =
                        (float) (Math.exp(emissions[from + classes[row]] - highest) / sum);
            }
        }
        return posteriors;
    }

    private void drawClasses(Canvas canvas) {
        for (int row = 0; row < classes.length; row++) {
            canvas.line(GRID, LEFT, top(row), LEFT + width, top(row));
            canvas.text(
                    Color.BLACK,
                    Canvas.Anchor.RIGHT,
                    alphabet.token(classes[row]),
                    LEFT - 8,
                    top(row) + ROW_HEIGHT / 2);
        }
        canvas.frame(Color.BLACK, LEFT, TOP, width, height);
    }

    private void drawTokens(Canvas canvas) {
        for (TokenSpan token : alignment.tokens()) {
            int left = x(token.startFrame());
            int right = Math.max(left + 2, x(token.endFrame()));
            canvas.boldFrame(TOKEN, left, top(row(token.id())) + 1, right - left, ROW_HEIGHT - 2);
        }
    }

    private int row(int id) {
        int row = 0;
        while (classes[row] != id) {
            row++;
        }
        return row;
    }

    private void drawWords(Canvas canvas) {
        int top = TOP + height + 4;
        int[] ends = new int[LABEL_ROWS];
        for (WordSpan word : alignment.words()) {
            int left = x(word.startFrame());
            int right = Math.max(left + 2, x(word.endFrame()));
            canvas.fill(WORD, left, top, right - left, LABEL_ROWS * LABEL_HEIGHT);
            canvas.line(WORD_EDGE, left, TOP, left, top + LABEL_ROWS * LABEL_HEIGHT);
            canvas.line(WORD_EDGE, right, TOP, right, top + LABEL_ROWS * LABEL_HEIGHT);
            int middle = (left + right) / 2;
            int labelWidth = canvas.textWidth(word.word()) + LABEL_GAP;
            int row = labelRow(ends, middle - labelWidth / 2);
            ends[row] = middle + labelWidth / 2;
            canvas.text(
                    Color.BLACK,
                    Canvas.Anchor.CENTER,
                    word.word(),
                    middle,
                    top + row * LABEL_HEIGHT + LABEL_HEIGHT / 2);
        }
    }

    /** Returns the first row in which a label fits, or else the one that it overlaps the least. */
    private static int labelRow(int[] ends, int left) {
        int best = 0;
        for (int row = 0; row < ends.length; row++) {
            if (ends[row] <= left) {
                return row;
            }
            if (ends[row] < ends[best]) {
                best = row;
            }
        }
        return best;
    }

    private void drawTimes(Canvas canvas) {
        int axis = TOP + height + 8 + LABEL_ROWS * LABEL_HEIGHT;
        canvas.line(Color.BLACK, LEFT, axis, LEFT + width, axis);
        double perPixel = times.time(utterance.frames()).doubleValue() / width;
        double step = roundUp(MIN_TICK_DISTANCE * perPixel);
        for (int tick = 0; tick * step <= perPixel * width * (1 + 1e-9); tick++) {
            int x = LEFT + (int) Math.round(tick * step / perPixel);
            canvas.line(Color.BLACK, x, axis, x, axis + 5);
            canvas.text(Color.BLACK, Canvas.Anchor.CENTER, label(tick * step), x, axis + 15);
        }
        canvas.text(
                Color.BLACK,
                Canvas.Anchor.CENTER,
                "time (" + times.unit() + ")",
                LEFT + width / 2,
                axis + 36);
    }

    /** Returns the next number that is 1, 2 or 5 times a power of ten. */
    private static double roundUp(double least) {
        double power = Math.pow(10, Math.floor(Math.log10(least)));
        for (int digit : new int[] {1, 2, 5}) {
            if (digit * power >= least) {
                return digit * power;
            }
        }
        return 10 * power;
    }

    private static String label(double time) {
        return String.format(Locale.ROOT, "%.4f", time).replaceAll("\\.?0+$", "");
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

    private int frame(int column) {
        return (int) ((long) column * utterance.frames() / width);
    }

    private int x(int frame) {
        return LEFT + (int) ((long) frame * width / utterance.frames());
    }

    private static int top(int row) {
        return TOP + row * ROW_HEIGHT;
    }
}
