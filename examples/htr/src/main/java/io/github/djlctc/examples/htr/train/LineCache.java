package io.github.djlctc.examples.htr.train;

import io.github.djlctc.examples.common.train.MemoryBudget;
import io.github.djlctc.examples.htr.corpus.LineSample;
import io.github.djlctc.examples.htr.image.LineImage;

import java.io.IOException;

/**
 * Keeps lines of one height in memory up to a limit, in the 256 shades that they have; what does
 * not fit is read or drawn again each time.
 */
public final class LineCache {

    private final MemoryBudget budget;

    /**
     * Creates an empty cache.
     *
     * @param budget how much it may keep
     */
    public LineCache(MemoryBudget budget) {
        this.budget = budget;
    }

    /** Gets the line of a sample, each time the same. */
    @FunctionalInterface
    interface Source {
        LineImage get() throws IOException;
    }

    Source keep(LineImage line, LineSample sample) {
        int height = line.height();
        if (!budget.reserve(line.ink().length)) {
            return () -> sample.load(height);
        }
        byte[] shades = line.toShades();
        int width = line.width();
        return () -> LineImage.ofShades(shades, width, height);
    }
}
