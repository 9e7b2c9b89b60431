package io.github.djlctc.spark;

import io.github.djlctc.lm.estimate.LineNGrams;

import java.util.Iterator;
import java.util.NoSuchElementException;

/** The n-grams of one line after the other. */
final class NGramsOfLines implements Iterator<byte[]> {

    private final Iterator<byte[]> lines;
    private final int order;
    private LineNGrams ngrams;

    NGramsOfLines(Iterator<byte[]> lines, int order) {
        this.lines = lines;
        this.order = order;
    }

    /**
     * Returns the n-grams of a line.
     *
     * @throws IllegalArgumentException if the line is null
     */
    static LineNGrams of(byte[] line, int order) {
        if (line == null) {
            throw new IllegalArgumentException("the line is null; leave it out");
        }
        return new LineNGrams(line, order);
    }

    @Override
    public boolean hasNext() {
        while (ngrams == null || !ngrams.hasNext()) {
            if (!lines.hasNext()) {
                return false;
            }
            ngrams = of(lines.next(), order);
        }
        return true;
    }

    @Override
    public byte[] next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return ngrams.next();
    }
}
