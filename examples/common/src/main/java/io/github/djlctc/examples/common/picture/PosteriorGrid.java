package io.github.djlctc.examples.common.picture;

import io.github.djlctc.emission.TokenSpan;
import io.github.djlctc.text.Alphabet;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** Which classes a picture of posteriors shows, a row for each, and the colours of their cells. */
public final class PosteriorGrid {

    /** Of larger alphabets, only some classes are shown. */
    private static final int MAX_ROWS = 64;

    private static final Color UNDEFINED = new Color(0x9a9a9a);

    private final Posteriors posteriors;
    private final int[] classes;

    /**
     * Chooses the classes: all of them up to 64; of more, as many of the blank, the classes of the
     * text and those that are the most probable of a frame, in this order.
     *
     * @param alphabet the classes
     * @param posteriors the probabilities, of as many classes
     * @param tokens the tokens of the text
     * @throws IllegalArgumentException if the numbers of classes differ
     */
    public PosteriorGrid(Alphabet alphabet, Posteriors posteriors, List<TokenSpan> tokens) {
        if (alphabet.size() != posteriors.classes()) {
            throw new IllegalArgumentException(
                    "posteriors of "
                            + posteriors.classes()
                            + " classes, but the alphabet has "
                            + alphabet.size());
        }
        this.posteriors = posteriors;
        classes = shownClasses(alphabet, tokens);
    }

    private int[] shownClasses(Alphabet alphabet, List<TokenSpan> tokens) {
        if (alphabet.size() <= MAX_ROWS) {
            return IntStream.range(0, alphabet.size()).toArray();
        }
        TreeSet<Integer> shown = new TreeSet<>();
        IntStream wanted =
                IntStream.concat(
                        IntStream.concat(
                                IntStream.of(alphabet.blank()),
                                tokens.stream().mapToInt(TokenSpan::id)),
                        IntStream.range(0, posteriors.frames()).map(posteriors::best));
        wanted.distinct().limit(MAX_ROWS).forEach(shown::add);
        return shown.stream().mapToInt(Integer::intValue).toArray();
    }

    /** {@return the number of classes shown, at least 1} */
    public int rows() {
        return classes.length;
    }

    /**
     * Returns the class of a row.
     *
     * @param row the row, from 0 at the top
     * @return its class
     */
    public int classOf(int row) {
        return classes[row];
    }

    /**
     * Finds the row of a class.
     *
     * @param id the class
     * @return its row, or -1 if it is not shown
     */
    public int rowOf(int id) {
        for (int row = 0; row < classes.length; row++) {
            if (classes[row] == id) {
                return row;
            }
        }
        return -1;
    }

    /**
     * Paints the posteriors from white, 0, to dark blue, 1; grey where they are NaN. Where frames
     * share a column, the highest probability counts.
     *
     * @param columns the width, 1 or more
     * @return the image, one pixel high for each row
     */
    public BufferedImage image(int columns) {
        BufferedImage image =
                new BufferedImage(columns, classes.length, BufferedImage.TYPE_INT_RGB);
        for (int column = 0; column < columns; column++) {
            int first = frame(column, columns);
            int end = Math.max(first + 1, frame(column + 1, columns));
            for (int row = 0; row < classes.length; row++) {
                image.setRGB(column, row, color(highest(classes[row], first, end)).getRGB());
            }
        }
        return image;
    }

    private int frame(int column, int columns) {
        return (int) ((long) column * posteriors.frames() / columns);
    }

    private double highest(int id, int first, int end) {
        double highest = 0;
        for (int frame = first; frame < end; frame++) {
            highest = Math.max(highest, posteriors.at(frame, id));
        }
        return highest;
    }

    private static Color color(double posterior) {
        return Double.isNaN(posterior) ? UNDEFINED : ColorScale.WHITE_TO_BLUE.color(posterior);
    }
}
