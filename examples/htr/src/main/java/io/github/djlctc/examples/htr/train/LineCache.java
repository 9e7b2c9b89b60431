package io.github.djlctc.examples.htr.train;

import io.github.djlctc.examples.htr.corpus.LineSample;
import io.github.djlctc.examples.htr.image.LineImage;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Keeps lines of one height in memory up to a limit, in the 256 shades that they have; what does
 * not fit is read or drawn again each time.
 */
public final class LineCache {

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
        byte[] shades = line.toShades();
        int width = line.width();
        int height = line.height();
        return () -> LineImage.ofShades(shades, width, height);
    }
}
