package io.github.djlctc.lm.estimate;

import io.github.djlctc.lm.LanguageModelFormatException;
import io.github.djlctc.lm.Utf8Text;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;

/**
 * Estimates an n-gram model from a text, by interpolated modified Kneser-Ney smoothing.
 *
 * <p>Estimates the same model as KenLM's {@code lmplz} (Heafield et al. 2013, "Scalable Modified
 * Kneser-Ney Language Model Estimation"; Chen and Goodman 1999, "An Empirical Study of Smoothing
 * Techniques for Language Modeling"). A text has one sentence a line; an empty line is a sentence
 * without words. Words are separated by spaces, tabs, carriage returns or NUL. Unlike {@code
 * lmplz}, this class ends the last sentence of a text without a final line feed.
 *
 * <p>All n-grams of the text are counted in memory, at about 50 bytes each.
 *
 * <pre>{@code
 * NGramEstimator estimator = NGramEstimator.builder().setOrder(3).build();
 * estimator.estimate(Path.of("text.txt")).writeArpa(Path.of("model.arpa.gz"));
 * }</pre>
 *
 * <p>Immutable and safe for use by many threads.
 */
public final class NGramEstimator {

    private static final int MAX_ORDER = 10;

    private final int[] thresholds;
    private final Discounts fallback;

    private NGramEstimator(Builder builder) {
        thresholds = builder.thresholdsByOrder();
        fallback = builder.fallback;
    }

    /**
     * Creates a builder.
     *
     * @return a builder, whose order must be set
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Estimates a model from a text file.
     *
     * @param text UTF-8, plain or gzip
     * @return the model
     * @throws LanguageModelFormatException if the file is not UTF-8 text, has no word, or has one
     *     of the words {@code <s>}, {@code </s>} and {@code <unk>}
     * @throws IOException if the file cannot be read
     * @throws DiscountException if discounts cannot be computed and there is no fallback
     */
    public EstimatedNGrams estimate(Path text) throws IOException {
        Objects.requireNonNull(text, "text");
        NGramCounter counter = new NGramCounter(thresholds.length);
        try (Utf8Text characters = Utf8Text.open(text)) {
            try {
                for (int next = characters.read(); next >= 0; next = characters.read()) {
                    counter.accept((char) next);
                }
                counter.finish();
            } catch (IllegalArgumentException e) {
                LanguageModelFormatException problem =
                        new LanguageModelFormatException(text, characters.line(), e.getMessage());
                problem.initCause(e);
                throw problem;
            }
        }
        if (counter.isEmpty()) {
            throw new LanguageModelFormatException(text, "has no word; give a text");
        }
        return KneserNey.estimate(counter, thresholds, fallback);
    }

    /**
     * Estimates a model from the lines of a text.
     *
     * @param lines a sentence each; a line feed within one ends a sentence
     * @return the model
     * @throws IllegalArgumentException if there is no word, or one of {@code <s>}, {@code </s>} and
     *     {@code <unk>}
     * @throws DiscountException if discounts cannot be computed and there is no fallback
     */
    public EstimatedNGrams estimate(Iterable<String> lines) {
        Objects.requireNonNull(lines, "lines");
        NGramCounter counter = new NGramCounter(thresholds.length);
        long number = 0;
        for (String line : lines) {
            number++;
            try {
                for (int i = 0; i < line.length(); i++) {
                    counter.accept(line.charAt(i));
                }
                counter.accept('\n');
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("line " + number + ": " + e.getMessage(), e);
            }
        }
        counter.finish();
        if (counter.isEmpty()) {
            throw new IllegalArgumentException("the lines have no word; give a text");
        }
        return KneserNey.estimate(counter, thresholds, fallback);
    }

    /** Builds a {@link NGramEstimator}. */
    public static final class Builder {

        private int order;
        private int[] thresholds = {0};
        private Discounts fallback;

        private Builder() {}

        /**
         * Sets the length of the longest n-grams.
         *
         * @param order the order, from 1 to 10
         * @return this builder
         * @throws IllegalArgumentException if the order is out of range
         */
        public Builder setOrder(int order) {
            if (order < 1 || order > MAX_ORDER) {
                throw new IllegalArgumentException(
                        "the order is " + order + ", but must be from 1 to " + MAX_ORDER);
            }
            this.order = order;
            return this;
        }

        /**
         * Sets the discounts of orders whose own cannot be computed ({@code lmplz
         * --discount_fallback}); without this option such a text is an error.
         *
         * <p>Needed for tiny texts and for those without rare words, such as texts of characters.
         *
         * @param discounts the discounts, such as {@link Discounts#FALLBACK}
         * @return this builder
         */
        public Builder optDiscountFallback(Discounts discounts) {
            fallback = Objects.requireNonNull(discounts, "discounts");
            return this;
        }

        /**
         * Leaves out n-grams that occur seldom ({@code lmplz --prune}).
         *
         * @param thresholds from order 1 on, the highest count in the text of the n-grams that are
         *     left out, 0 for none; none is below the one before; the last is that of all higher
         *     orders too
         * @return this builder
         * @throws IllegalArgumentException if there is no threshold, one is negative, or they
         *     decrease
         */
        public Builder optPruning(int... thresholds) {
            Objects.requireNonNull(thresholds, "thresholds");
            int[] copy = thresholds.clone();
            if (copy.length == 0) {
                throw new IllegalArgumentException("no pruning threshold; 0 prunes nothing");
            }
            int lower = 0;
            for (int threshold : copy) {
                if (threshold < lower) {
                    throw new IllegalArgumentException(
                            "pruning thresholds are "
                                    + Arrays.toString(copy)
                                    + ", but must be 0 or more and none below the one before");
                }
                lower = threshold;
            }
            this.thresholds = copy;
            return this;
        }

        /**
         * Builds the estimator.
         *
         * @return the estimator
         * @throws IllegalStateException if the order is not set, or there are more pruning
         *     thresholds than orders
         */
        public NGramEstimator build() {
            if (order == 0) {
                throw new IllegalStateException("no order; call setOrder");
            }
            if (thresholds.length > order) {
                throw new IllegalStateException(
                        thresholds.length + " pruning thresholds, but the order is " + order);
            }
            return new NGramEstimator(this);
        }

        private int[] thresholdsByOrder() {
            int given = thresholds.length;
            int[] byOrder = Arrays.copyOf(thresholds, order);
            Arrays.fill(byOrder, given, order, thresholds[given - 1]);
            return byOrder;
        }
    }
}
