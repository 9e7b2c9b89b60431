package io.github.djlctc.examples.common.emission;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.AbstractCollection;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * The emissions that a label prior is estimated from: of all utterances, or, if they are long
 * together, of some that are spread evenly over the frames. Each is read when it is its turn.
 */
public final class PriorSample extends AbstractCollection<float[]> {

    /**
     * A prior of more frames would hardly differ: the share of a label that has one frame in 100 is
     * known to 1 % of it from a million frames.
     */
    private static final long MOST_FRAMES = 1_000_000;

    private final Emissions emissions;

    /** The numbers of the utterances that are read. */
    private final int[] chosen;

    private PriorSample(Emissions emissions, int[] chosen) {
        this.emissions = emissions;
        this.chosen = chosen;
    }

    /**
     * Chooses utterances of about a million frames together.
     *
     * @param emissions the emissions, which stay open
     * @return the sample
     */
    public static PriorSample of(Emissions emissions) {
        return of(emissions, MOST_FRAMES);
    }

    /**
     * Chooses utterances.
     *
     * @param emissions the emissions, which stay open
     * @param wantedFrames how many frames they have together, more or less by those of one
     *     utterance
     * @return the sample
     */
    public static PriorSample of(Emissions emissions, long wantedFrames) {
        long total = emissions.totalFrames();
        double share = wantedFrames / (double) total;
        IntStream.Builder chosen = IntStream.builder();
        long before = 0;
        long taken = 0;
        for (int i = 0; i < emissions.size(); i++) {
            int frames = emissions.frames(i);
            if (total <= wantedFrames || taken < share * (before + frames / 2.0)) {
                chosen.add(i);
                taken += frames;
            }
            before += frames;
        }
        return new PriorSample(emissions, chosen.build().toArray());
    }

    @Override
    public int size() {
        return chosen.length;
    }

    @Override
    public Iterator<float[]> iterator() {
        return Arrays.stream(chosen).mapToObj(this::read).iterator();
    }

    private float[] read(int index) {
        try {
            return emissions.read(index).emissions();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return the numbers of the utterances that are read} */
    public int[] indexes() {
        return chosen.clone();
    }

    /** {@return the frames in words} */
    public String description() {
        long frames = Arrays.stream(chosen).mapToLong(emissions::frames).sum();
        return chosen.length == emissions.size()
                ? String.format(
                        Locale.ROOT,
                        "all %,d frames of these %,d utterances",
                        frames,
                        emissions.size())
                : String.format(
                        Locale.ROOT,
                        "%,d of %,d frames, those of %,d of these %,d utterances",
                        frames,
                        emissions.totalFrames(),
                        chosen.length,
                        emissions.size());
    }
}
