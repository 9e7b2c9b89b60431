package io.github.djlctc.examples.htr.corpus.pen;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * The parts of the corpus, which share neither texts nor writers.
 *
 * <p>A text belongs to one part by a hash of its letters, whatever the seed and the sizes: 85 % to
 * training, 5 % to validation and 10 % to the test.
 */
enum Split {
    TRAIN(300),
    VALIDATION(20),
    TEST(40);

    private static final int BUCKETS = 20;

    private final int writers;

    Split(int writers) {
        this.writers = writers;
    }

    static Split of(String text) {
        int bucket = new SplittableRandom(text.hashCode()).nextInt(BUCKETS);
        if (bucket == 0) {
            return VALIDATION;
        }
        return bucket <= 2 ? TEST : TRAIN;
    }

    /** Returns the name in ids. */
    String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Draws the writers of this part. */
    List<Writer> writers(RandomGenerator random) {
        List<Writer> drawn = new ArrayList<>();
        for (int i = 0; i < writers; i++) {
            drawn.add(new Writer(random));
        }
        return drawn;
    }

    /** Draws a text of this part. */
    String text(RandomGenerator random) {
        String text;
        do {
            text = Phrases.draw(random);
        } while (of(text) != this);
        return text;
    }
}
