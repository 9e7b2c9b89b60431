package io.github.djlctc.examples.common.random;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * The randomness of one of several views of a sample, which look different but are equally long.
 *
 * <p>Whoever draws from it draws for this view alone; what decides about the length of the sample,
 * or about the places of what is in it, is drawn from what all views {@linkplain #shared share}.
 */
public final class ViewRandom implements RandomGenerator {

    private final RandomGenerator shared;
    private final RandomGenerator own;

    private ViewRandom(long sharedSeed, long ownSeed) {
        shared = new SplittableRandom(sharedSeed);
        own = new SplittableRandom(ownSeed);
    }

    /**
     * Draws the randomness of a view.
     *
     * @param random in the same state for all views of the sample, and afterwards again
     * @param view the number of the view, 0 to views - 1
     * @param views the number of views
     * @return the randomness
     */
    public static ViewRandom draw(RandomGenerator random, int view, int views) {
        long sharedSeed = random.nextLong();
        long ownSeed = 0;
        for (int i = 0; i < views; i++) {
            long seed = random.nextLong();
            ownSeed = i == view ? seed : ownSeed;
        }
        return new ViewRandom(sharedSeed, ownSeed);
    }

    /**
     * Returns the randomness that all views of a sample draw the same numbers from, if they draw as
     * many.
     *
     * @param random the randomness of a view, or any other
     * @return what the views share; the given one if it is of no view
     */
    public static RandomGenerator shared(RandomGenerator random) {
        return random instanceof ViewRandom view ? view.shared : random;
    }

    @Override
    public long nextLong() {
        return own.nextLong();
    }
}
