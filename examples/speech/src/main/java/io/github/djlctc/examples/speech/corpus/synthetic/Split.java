package io.github.djlctc.examples.speech.corpus.synthetic;

import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * The parts of the corpus, which share neither sentences nor speakers.
 *
 * <p>A sentence belongs to one part by a hash of its text, whatever the seed and the sizes: 85 % to
 * training, 5 % to validation and 10 % to the test. The settings of held-out speakers lie inside of
 * the ranges that training speakers come from.
 */
enum Split {
    TRAIN(40, 0),
    VALIDATION(6, 0.1),
    TEST(8, 0.1);

    private static final int BUCKETS = 20;

    private final int speakers;
    private final double margin;

    Split(int speakers, double margin) {
        this.speakers = speakers;
        this.margin = margin;
    }

    static Split of(String sentence) {
        int bucket = new SplittableRandom(sentence.hashCode()).nextInt(BUCKETS);
        if (bucket == 0) {
            return VALIDATION;
        }
        return bucket <= 2 ? TEST : TRAIN;
    }

    /** Returns the name in ids. */
    String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Draws the speakers of this part. */
    List<SpeakerSettings> speakers(RandomGenerator random) {
        return SpeakerSettings.draw(speakers, margin, random);
    }

    /** Draws a sentence of this part. */
    String sentence(RandomGenerator random) {
        String sentence;
        do {
            sentence = CommandGrammar.sentence(random);
        } while (of(sentence) != this);
        return sentence;
    }
}
