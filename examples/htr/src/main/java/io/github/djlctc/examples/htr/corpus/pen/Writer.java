package io.github.djlctc.examples.htr.corpus.pen;

import io.github.djlctc.examples.common.data.TextSplit;
import io.github.djlctc.examples.htr.corpus.pen.Glyph.Manner;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Someone with shapes of letters, a slant, a spacing and a pen of their own. */
final class Writer {

    /** How far the points of a writer's letters are from those of the file, in units. */
    private static final double HABIT = 0.5;

    /** How often a writer uses the favourite one of several shapes. */
    private static final double FAVOURITE = 0.85;

    private final double joining;
    private final double slant;
    private final double letterGap;
    private final double wordGap;
    private final double penRadius;
    private final double penContrast;
    private final double wobble;
    private final double drift;
    private final int inkShade;
    private final Map<Character, List<Glyph>> shapes = new HashMap<>();

    /**
     * Draws the writers of a part of the corpus: 300, 20 or 40 for training, validation or test.
     */
    static List<Writer> draw(TextSplit split, RandomGenerator random) {
        int count =
                switch (split) {
                    case TRAIN -> 300;
                    case VALIDATION -> 20;
                    case TEST -> 40;
                };
        List<Writer> writers = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            writers.add(new Writer(random));
        }
        return writers;
    }

    /** Draws a writer. */
    Writer(RandomGenerator random) {
        Manner manner = random.nextDouble() < 0.45 ? Manner.PRINT : Manner.JOINED;
        joining = manner == Manner.PRINT ? 0 : random.nextDouble(0.5, 1);
        slant = random.nextDouble(-0.12, 0.5);
        letterGap = random.nextDouble(1.6, 3.6) - (manner == Manner.PRINT ? 0 : 1);
        wordGap = random.nextDouble(7, 13);
        penRadius = random.nextDouble(0.45, 1.05);
        penContrast = random.nextDouble(0, 0.45);
        wobble = random.nextDouble(0.12, 0.4);
        drift = random.nextDouble(0, 0.9);
        inkShade = random.nextInt(10, 110);
        double widthStretch = random.nextDouble(0.82, 1.25);
        double ascenderStretch = random.nextDouble(0.8, 1.15);
        double descenderStretch = random.nextDouble(0.8, 1.15);
        for (char character : Glyphs.characters()) {
            List<Glyph> own = new ArrayList<>();
            for (Glyph glyph : Glyphs.of(character, manner)) {
                int place = random.nextInt(own.size() + 1);
                own.add(
                        place,
                        personal(glyph, widthStretch, ascenderStretch, descenderStretch, random));
            }
            shapes.put(character, own);
        }
    }

    private static Glyph personal(
            Glyph glyph,
            double widthStretch,
            double ascenderStretch,
            double descenderStretch,
            RandomGenerator random) {
        List<Stroke> strokes = new ArrayList<>();
        for (Stroke stroke : glyph.strokes()) {
            double[] x = new double[stroke.size()];
            double[] y = new double[stroke.size()];
            BitSet corners = new BitSet();
            for (int i = 0; i < x.length; i++) {
                x[i] = stroke.x(i) * widthStretch + HABIT * random.nextGaussian();
                y[i] =
                        stretched(stroke.y(i), ascenderStretch, descenderStretch)
                                + HABIT * random.nextGaussian();
                corners.set(i, stroke.isCorner(i));
            }
            strokes.add(new Stroke(x, y, corners));
        }
        return new Glyph(
                glyph.character(),
                glyph.manner(),
                glyph.joinsBefore(),
                glyph.joinsAfter(),
                strokes);
    }

    private static double stretched(double y, double ascenderStretch, double descenderStretch) {
        if (y > Handwriting.X_HEIGHT) {
            return Handwriting.X_HEIGHT + (y - Handwriting.X_HEIGHT) * ascenderStretch;
        }
        return y < 0 ? y * descenderStretch : y;
    }

    /** Chooses the shape of a letter: mostly the favourite one. */
    Glyph shape(char character, RandomGenerator random) {
        List<Glyph> own = shapes.get(character);
        if (own == null) {
            throw new IllegalArgumentException("no shape for '" + character + "'");
        }
        return random.nextDouble() < FAVOURITE ? own.get(0) : own.get(random.nextInt(own.size()));
    }

    /** Returns how likely letters that can be joined are. */
    double joining() {
        return joining;
    }

    /** Returns how far right the hand goes for each unit up. */
    double slant() {
        return slant;
    }

    /** Returns the space between letters, in units. */
    double letterGap() {
        return letterGap;
    }

    /** Returns the space between words, in units. */
    double wordGap() {
        return wordGap;
    }

    /** Returns half the width of a line, in units. */
    double penRadius() {
        return penRadius;
    }

    /** Returns which share of its width a line loses on the way up. */
    double penContrast() {
        return penContrast;
    }

    /** Returns the standard deviation of the points from letter to letter, in units. */
    double wobble() {
        return wobble;
    }

    /** Returns how far the base line wanders, in units. */
    double drift() {
        return drift;
    }

    /** Returns the shade of the ink, 0 to 255. */
    int inkShade() {
        return inkShade;
    }
}
