package io.github.djlctc.examples.htr.train;

import io.github.djlctc.examples.htr.corpus.LineSample;
import io.github.djlctc.examples.htr.image.LineImage;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Keeps lines of one height in memory up to a limit, in 256 shades of ink; what does not fit is
 * read or drawn again each time.
 */
public final class LineCache {

    private static final float SHADES = 255;

    private final long maxBytes;
    private final AtomicLong bytes = new AtomicLong();

    /**
     * Creates an empty cache.
     *
     * @param maxBytes how much it may keep
     */
    public LineCache(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** Gets the line of a sample, each time the same. */
    @FunctionalInterface
    interface Source {
        LineImage get() throws IOException;
    }

    Source keep(LineImage line, LineSample sample) {
        int size = line.ink().length;
        if (bytes.addAndGet(size) > maxBytes) {
            bytes.addAndGet(-size);
            int height = line.height();
            return () -> sample.load(height);
        }
        byte[] shades = new byte[size];
        for (int i = 0; i < size; i++) {
            shades[i] = (byte) Math.round(line.ink()[i] * SHADES);
        }
        int width = line.width();
        int height = line.height();
        return () -> expand(shades, width, height);
    }

    private static LineImage expand(byte[] shades, int width, int height) {
        float[] ink = new float[shades.length];
        for (int i = 0; i < ink.length; i++) {
            ink[i] = (shades[i] & 0xFF) / SHADES;
        }
        return new LineImage(ink, width, height);
    }
}
