package io.github.djlctc.examples.decode;

import io.github.djlctc.examples.common.emission.Emissions;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.AbstractCollection;
import java.util.Iterator;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * The emissions that a label prior is estimated from: of all utterances, or, if they are long
 * together, of some that are spread evenly. Each is read when it is its turn.
 */
final class PriorSample extends AbstractCollection<float[]> {

    /**
     * A prior of more frames would hardly differ: the share of a label that has one frame in 100 is
     * known to 1 % of it from a million frames,.
     */
    private static final long MOST_FRAMES = 1_000_000;

    private final Emissions emissions;

    /** One utterance out of so many is read. */
    private final int step;

    private PriorSample(Emissions emissions, int step) {
        this.emissions = emissions;
        this.step = step;
    }

    static PriorSample of(Emissions emissions) {
        return of(emissions, MOST_FRAMES);
    }

    static PriorSample of(Emissions emissions, long mostFrames) {
        long step = (emissions.totalFrames() + mostFrames - 1) / mostFrames;
        return new PriorSample(emissions, (int) Math.max(1, Math.min(step, emissions.size())));
    }

    private IntStream indices() {
        return IntStream.range(0, size()).map(i -> i * step);
    }

    @Override
    public int size() {
        return (emissions.size() + step - 1) / step;
    }

    @Override
    public Iterator<float[]> iterator() {
        return indices().mapToObj(this::read).iterator();
    }

    private float[] read(int index) {
        try {
            return emissions.read(index).emissions();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Describes the frames in words. */
    String description() {
        long frames = indices().mapToLong(emissions::frames).sum();
        return step == 1
                ? String.format(
                        Locale.ROOT,
                        "all %,d frames of these %,d utterances",
                        frames,
                        emissions.size())
                : String.format(
                        Locale.ROOT,
                        "%,d of %,d frames, one of every %,d of these %,d utterances",
                        frames,
                        emissions.totalFrames(),
                        step,
                        emissions.size());
    }
}
