package io.github.djlctc.examples.common.data;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * The parts of a generated corpus, which share no text.
 *
 * <p>A text belongs to one part by a hash of its characters, whatever the seed and the sizes: 85 %
 * to training, 5 % to validation and 10 % to the test.
 */
public enum TextSplit {
    /** What models learn from. */
    TRAIN,
    /** What epochs are chosen on. */
    VALIDATION,
    /** What errors are reported on. */
    TEST;

    private static final int BUCKETS = 20;

    /**
     * Returns the part that a text belongs to.
     *
     * @param text the text
     * @return its part
     */
    public static TextSplit of(String text) {
        int bucket = new SplittableRandom(text.hashCode()).nextInt(BUCKETS);
        if (bucket == 0) {
            return VALIDATION;
        }
        return bucket <= 2 ? TEST : TRAIN;
    }

    /**
     * Returns the name of the part in the ids of samples.
     *
     * @return the name in lower case
     */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Draws texts of this part. Never returns if the source has not enough of them.
     *
     * @param count the number of texts
     * @param source draws a text of any part
     * @param random the source of randomness
     * @return different texts, in the order of drawing
     */
    public Set<String> draw(
            int count, Function<RandomGenerator, String> source, RandomGenerator random) {
        Set<String> texts = new LinkedHashSet<>();
        while (texts.size() < count) {
            String text = source.apply(random);
            if (of(text) == this) {
                texts.add(text);
            }
        }
        return texts;
    }
}
