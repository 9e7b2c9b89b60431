package io.github.djlctc.examples.htr.corpus.pen;

import io.github.djlctc.examples.common.image.GreyImage;
import io.github.djlctc.examples.htr.corpus.LineSample;

import java.util.List;
import java.util.SplittableRandom;

/** The picture of a text in a writer's hand; the seed decides what it looks like. */
record PenPicture(String text, Writer writer, long seed) implements LineSample.Source {

    /** How high a line with ascenders and descenders is without margins, in units. */
    private static final double ASCENDER = 17;

    private static final double DESCENDER = 7;

    /** The height of a line in pixels, margins apart: about twice what a reader works with. */
    private static final double LINE_PIXELS = 48;

    private static final double STEP = 1.2;

    @Override
    public GreyImage read(int neededHeight) {
        SplittableRandom random = new SplittableRandom(seed);
        List<PenPath> paths = Handwriting.write(text, writer, random);
        double scale = LINE_PIXELS / (ASCENDER + DESCENDER);
        InkLine line = ink(paths, scale, random);
        double above = random.nextDouble(1, 4) * scale;
        double below = random.nextDouble(1, 4) * scale;
        double left = line.minX() - random.nextDouble(2, 10) * scale;
        double top = Math.min(line.minY(), -ASCENDER * scale) - above;
        double right = line.maxX() + random.nextDouble(2, 10) * scale;
        double bottom = Math.max(line.maxY(), DESCENDER * scale) + below;
        int width = (int) Math.ceil(right - left);
        int height = (int) Math.ceil(bottom - top);
        float[] cover = line.draw(left, top, width, height);
        return Paper.draw(random).take(cover, width, height, writer.inkShade(), random);
    }

    private InkLine ink(List<PenPath> paths, double scale, SplittableRandom random) {
        InkLine line = new InkLine();
        Hand hand = new Hand(writer, scale, random);
        for (PenPath path : paths) {
            hand.lift();
            path.walk(STEP, (x, y) -> hand.moveTo(x, y, line));
        }
        return line;
    }

    /** Adds slant, a wandering base line and pressure to what was written on a straight line. */
    private static final class Hand {

        private final Writer writer;
        private final double scale;
        private final double phase;
        private final double wave;
        private final double tilt;
        private final double pressurePhase;
        private double lastX;
        private double lastY;
        private boolean lifted;

        Hand(Writer writer, double scale, SplittableRandom random) {
            this.writer = writer;
            this.scale = scale;
            phase = random.nextDouble(2 * Math.PI);
            wave = 2 * Math.PI / random.nextDouble(80, 250);
            tilt = random.nextDouble(-0.012, 0.012);
            pressurePhase = random.nextDouble(2 * Math.PI);
        }

        void lift() {
            lifted = true;
        }

        void moveTo(double x, double y, InkLine line) {
            double baseLine = writer.drift() * Math.sin(wave * x + phase) + tilt * x;
            double up = lifted ? 0 : Math.max(0, y - lastY) / Math.hypot(x - lastX, y - lastY);
            double pressure = 1 + 0.12 * Math.sin(0.35 * (x + y) + pressurePhase);
            double radius = writer.penRadius() * pressure * (1 - writer.penContrast() * up);
            line.add(
                    scale * (x + writer.slant() * y),
                    -scale * (y + baseLine),
                    scale * radius,
                    lifted);
            lastX = x;
            lastY = y;
            lifted = false;
        }
    }
}
