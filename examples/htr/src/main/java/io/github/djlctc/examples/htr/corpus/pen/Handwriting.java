package io.github.djlctc.examples.htr.corpus.pen;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Moves a writer's hand along a line: from a text to the pen's paths, in units. */
final class Handwriting {

    /** The height of small letters. */
    static final double X_HEIGHT = 10;

    /** Above this height, a joining line comes in from the top. */
    private static final double HIGH = 7;

    private final Writer writer;
    private final RandomGenerator random;
    private final List<PenPath> paths = new ArrayList<>();
    private PenPath chain = new PenPath();
    private boolean chainOpen;
    private double left;

    private Handwriting(Writer writer, RandomGenerator random) {
        this.writer = writer;
        this.random = random;
    }

    /** Writes a text of the characters of {@link Glyphs} and spaces. */
    static List<PenPath> write(String text, Writer writer, RandomGenerator random) {
        Handwriting hand = new Handwriting(writer, random);
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character == ' ') {
                hand.endChain();
                hand.left += writer.wordGap() * random.nextDouble(0.8, 1.25);
            } else {
                hand.letter(writer.shape(character, random));
            }
        }
        hand.endChain();
        return hand.paths;
    }

    private void letter(Glyph glyph) {
        double size = random.nextDouble(0.93, 1.07);
        List<Stroke> strokes = glyph.strokes();
        boolean joined = chainOpen && glyph.joinsBefore() && random.nextDouble() < writer.joining();
        if (joined) {
            lead(strokes.get(0), size);
        } else {
            endChain();
        }
        addPoints(chain, strokes.get(0), size, joined);
        for (Stroke stroke : strokes.subList(1, strokes.size())) {
            PenPath path = new PenPath();
            addPoints(path, stroke, size, false);
            paths.add(path);
        }
        chainOpen = glyph.joinsAfter();
        left += glyph.width() * size + writer.letterGap() * random.nextDouble(0.75, 1.25);
    }

    /** Leads the pen over a round letter, since a line through it would make it unreadable. */
    private void lead(Stroke stroke, double size) {
        boolean round = stroke.x(0) > 3 && stroke.y(0) > HIGH && stroke.x(1) < stroke.x(0) - 1;
        if (round && chain.lastY() < HIGH) {
            double x = stroke.x(0) * size;
            double y = stroke.y(0) * size;
            chain.add(left + 0.2 * x, 0.85 * y, false);
            chain.add(left + 0.6 * x, 1.1 * y, false);
        }
    }

    private void addPoints(PenPath path, Stroke stroke, double size, boolean joined) {
        for (int i = 0; i < stroke.size(); i++) {
            boolean turn = joined && i == 0 && stroke.y(0) > HIGH;
            path.add(
                    left + stroke.x(i) * size + writer.wobble() * random.nextGaussian(),
                    stroke.y(i) * size + writer.wobble() * random.nextGaussian(),
                    stroke.isCorner(i) || turn);
        }
    }

    private void endChain() {
        if (!chain.isEmpty()) {
            paths.add(chain);
            chain = new PenPath();
        }
        chainOpen = false;
    }
}
