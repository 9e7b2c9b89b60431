package io.github.djlctc.examples.htr.corpus.pen;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A way to write a character.
 *
 * @param character the character
 * @param manner who writes it so
 * @param joinsBefore whether a line from the letter before can run into its first stroke
 * @param joinsAfter whether its first stroke can run on to the next letter
 * @param strokes its strokes, at least one
 */
record Glyph(
        char character,
        Manner manner,
        boolean joinsBefore,
        boolean joinsAfter,
        List<Stroke> strokes) {

    /** The writers that use a shape. */
    enum Manner {
        /** Writers who print their letters. */
        PRINT,
        /** Writers who join their letters. */
        JOINED,
        /** All writers. */
        ANY
    }

    /** Reads a line of {@code glyphs.txt}. */
    static Glyph parse(String line) {
        String[] fields = line.split(" +", 4);
        List<Stroke> strokes = Arrays.stream(fields[3].split("/", -1)).map(Stroke::parse).toList();
        return new Glyph(
                fields[0].charAt(0),
                Manner.valueOf(fields[1].toUpperCase(Locale.ROOT)),
                fields[2].contains("<"),
                fields[2].contains(">"),
                strokes);
    }

    double width() {
        double width = 0;
        for (Stroke stroke : strokes) {
            width = Math.max(width, stroke.right());
        }
        return width;
    }
}
