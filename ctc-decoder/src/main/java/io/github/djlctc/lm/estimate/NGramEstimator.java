package io.github.djlctc.lm.estimate;

import io.github.djlctc.lm.LanguageModelFormatException;
import io.github.djlctc.lm.TextInput;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/**
 * Estimates an n-gram model from a text, by interpolated modified Kneser-Ney smoothing.
 *
 * <p>Estimates the same model as KenLM's {@code lmplz} (Heafield et al. 2013, "Scalable Modified
 * Kneser-Ney Language Model Estimation"; Chen and Goodman 1999, "An Empirical Study of Smoothing
 * Techniques for Language Modeling"). A text has one sentence a line; an empty line is a sentence
 * without words. Words are separated by spaces, tabs, carriage returns or NUL. Unlike {@code
 * lmplz}, this class ends the last sentence of a text without a final line feed.
 *
 * <p>Works in bounded memory: what does not fit is sorted and merged in a temporary file. Uses all
 * processors.
 *
 * <pre>{@code
 * NGramEstimator estimator = NGramEstimator.builder().setOrder(3).build();
 * try (EstimatedNGrams ngrams = estimator.estimate(Path.of("text.txt"))) {
 *     ngrams.writeArpa(Path.of("model.arpa.gz"));
 * }
 * }</pre>
 *
 * <p>Immutable and safe for use by many threads.
 */
public final class NGramEstimator {

    private static final int MAX_ORDER = NGramPacking.MAX_WORDS;
    private static final long MIN_MEMORY = 1L << 24;

    private final int[] thresholds;
    private final Discounts fallback;
    private final long memory;
    private final Path temporaryFolder;
    private final EstimationListener listener;

    private NGramEstimator(Builder builder) {
        thresholds = builder.thresholdsByOrder();
        fallback = builder.fallback;
        memory = builder.memory;
        temporaryFolder = builder.temporaryFolder;
        listener = builder.listener;
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
        return estimate(
                scanner -> {
                    try (InputStream bytes = TextInput.open(text)) {
                        scanner.scan(bytes);
                    } catch (IllegalArgumentException e) {
                        LanguageModelFormatException problem =
                                new LanguageModelFormatException(
                                        text, scanner.line(), e.getMessage());
                        problem.initCause(e);
                        throw problem;
                    }
                },
                () -> new LanguageModelFormatException(text, "has no word; give a text"));
    }

    /**
     * Estimates a model from the lines of a text.
     *
     * @param lines a sentence each; a line feed within one ends a sentence
     * @return the model
     * @throws IllegalArgumentException if there is no word, or one of {@code <s>}, {@code </s>} and
     *     {@code <unk>}
     * @throws DiscountException if discounts cannot be computed and there is no fallback
     * @throws UncheckedIOException if temporary files cannot be written
     */
    public EstimatedNGrams estimate(Iterable<String> lines) {
        Objects.requireNonNull(lines, "lines");
        try {
            return estimate(
                    scanner -> scan(lines, scanner),
                    () -> new IllegalArgumentException("the lines have no word; give a text"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void scan(Iterable<String> lines, TextScanner scanner) throws IOException {
        long number = 0;
        for (String line : lines) {
            number++;
            try {
                scanner.scan(line);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("line " + number + ": " + e.getMessage(), e);
            }
        }
    }

    /**
     * Estimates a model from the counts of a text that were made elsewhere, such as by many
     * machines.
     *
     * <p>Gives the same model, to the last bit and with its n-grams in the same order, as from the
     * text. {@link LineNGrams} cuts a text into the n-grams to count.
     *
     * @param words all words of the text in the order of their first occurrence, each once; without
     *     {@code <s>}, {@code </s>} and {@code <unk>}
     * @param source adds the n-grams; called once, by this thread, after the words are read
     * @return the model
     * @throws IllegalArgumentException if there is no word, one cannot be in a text or is given
     *     twice, an n-gram cannot be of a text with these words, or some are missing
     * @throws DiscountException if discounts cannot be computed and there is no fallback
     * @throws IOException if temporary files cannot be written, or the source throws it
     */
    public EstimatedNGrams estimate(Iterable<String> words, NGramSource source) throws IOException {
        Objects.requireNonNull(words, "words");
        Objects.requireNonNull(source, "source");
        return estimate(
                workspace -> {
                    NGramCollector collector =
                            NGramCollector.of(workspace, thresholds.length, words);
                    source.addTo(collector);
                    collector.end();
                    return collector::counts;
                });
    }

    /**
     * Returns the length of the longest n-grams.
     *
     * @return the order, from 1 to 10
     */
    public int order() {
        return thresholds.length;
    }

    static int checkedOrder(int order) {
        if (order < 1 || order > MAX_ORDER) {
            throw new IllegalArgumentException(
                    "the order is " + order + ", but must be from 1 to " + MAX_ORDER);
        }
        return order;
    }

    private <E extends Exception> EstimatedNGrams estimate(Text text, Supplier<E> noWord)
            throws IOException, E {
        return this.<E>estimate(
                workspace -> {
                    Vocabulary vocabulary = new Vocabulary();
                    IdSequence ids = new IdSequence(workspace);
                    text.scan(new TextScanner(vocabulary, ids));
                    if (vocabulary.isEmpty()) {
                        throw noWord.get();
                    }
                    vocabulary.freeze();
                    ids.finish();
                    return () -> NGramCounts.of(workspace, thresholds.length, vocabulary, ids);
                });
    }

    private <E extends Exception> EstimatedNGrams estimate(Input<E> input) throws IOException, E {
        try (Workers workers = new Workers()) {
            Workspace workspace = new Workspace(memory, temporaryFolder, workers, listener);
            try {
                Callable<NGramCounts> counts = input.read(workspace);
                // Within the workers, so that a thread that waits does other work.
                return workers.start(
                                () ->
                                        KneserNey.estimate(
                                                workspace, counts.call(), thresholds, fallback))
                        .await();
            } catch (Throwable e) {
                workspace.close();
                throw e;
            }
        }
    }

    /** What a model is estimated from. */
    @FunctionalInterface
    private interface Input<E extends Exception> {

        /** Reads it, and returns what sorts its n-grams. */
        Callable<NGramCounts> read(Workspace workspace) throws IOException, E;
    }

    /** A text to read. */
    @FunctionalInterface
    private interface Text {

        void scan(TextScanner scanner) throws IOException;
    }

    /** Builds a {@link NGramEstimator}. */
    public static final class Builder {

        private int order;
        private int[] thresholds = {0};
        private Discounts fallback;
        private long memory = Runtime.getRuntime().maxMemory() / 2;
        private Path temporaryFolder = Path.of(System.getProperty("java.io.tmpdir"));
        private EstimationListener listener = (step, units) -> {};

        private Builder() {}

        /**
         * Sets the length of the longest n-grams.
         *
         * @param order the order, from 1 to 10
         * @return this builder
         * @throws IllegalArgumentException if the order is out of range
         */
        public Builder setOrder(int order) {
            this.order = checkedOrder(order);
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
         * Sets the memory for n-grams; what exceeds it is kept in a temporary file. The words of
         * the text, about 40 bytes each, and some megabytes come on top.
         *
         * @param bytes the memory, at least 16 MiB; by default half of the maximum of the heap
         * @return this builder
         * @throws IllegalArgumentException if it is less
         */
        public Builder optMemory(long bytes) {
            if (bytes < MIN_MEMORY) {
                throw new IllegalArgumentException(
                        "the memory is "
                                + bytes
                                + " bytes, but must be "
                                + MIN_MEMORY
                                + " (16 MiB) or more");
            }
            memory = bytes;
            return this;
        }

        /**
         * Sets the folder of the temporary file, which is created if the memory is too small for
         * all n-grams, and deleted with the model.
         *
         * @param folder the folder; by default that of {@code java.io.tmpdir}
         * @return this builder
         */
        public Builder optTemporaryFolder(Path folder) {
            temporaryFolder = Objects.requireNonNull(folder, "folder");
            return this;
        }

        /**
         * Sets a listener.
         *
         * @param listener is told of progress; by default nobody is
         * @return this builder
         */
        public Builder optListener(EstimationListener listener) {
            this.listener = Objects.requireNonNull(listener, "listener");
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
