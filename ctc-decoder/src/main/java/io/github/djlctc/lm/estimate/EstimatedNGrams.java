package io.github.djlctc.lm.estimate;

import io.github.djlctc.lm.NGramModel;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Spliterator;
import java.util.Spliterators.AbstractSpliterator;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The n-grams of a model that was estimated from a text.
 *
 * <p>To score words, {@linkplain #writeArpa write} a file and {@link NGramModel#read read} it.
 *
 * <p>Close it after use: n-grams that exceed the estimator's memory are in a temporary file.
 *
 * <p>Immutable and safe for use by many threads.
 */
public final class EstimatedNGrams implements Closeable {

    /** The value for log10(0) in ARPA files. */
    private static final float LOG10_ZERO = -99;

    private final Workspace workspace;
    private final Vocabulary vocabulary;
    private final NGramPacking packing;

    /** By order - 1, the n-grams with probability and back-off weight. */
    private final List<Records> orders;

    private final List<Discounts> discounts;
    private final List<Integer> fallbackOrders;

    EstimatedNGrams(
            Workspace workspace,
            Vocabulary vocabulary,
            NGramPacking packing,
            List<Records> orders,
            List<Discounts> discounts,
            List<Integer> fallbackOrders) {
        this.workspace = workspace;
        this.vocabulary = vocabulary;
        this.packing = packing;
        this.orders = List.copyOf(orders);
        this.discounts = List.copyOf(discounts);
        this.fallbackOrders = List.copyOf(fallbackOrders);
    }

    /**
     * Returns the length of the longest n-grams.
     *
     * @return the order, 1 or more
     */
    public int order() {
        return orders.size();
    }

    /**
     * Returns the number of n-grams of an order.
     *
     * @param order from 1 to {@link #order()}
     * @return the number of n-grams that were not pruned
     * @throws IndexOutOfBoundsException if there is no such order
     */
    public long count(int order) {
        return orders.get(order - 1).size();
    }

    /**
     * Returns the discounts of an order.
     *
     * @param order from 1 to {@link #order()}
     * @return the discounts
     * @throws IndexOutOfBoundsException if there is no such order
     */
    public Discounts discounts(int order) {
        return discounts.get(order - 1);
    }

    /**
     * Returns the orders whose discounts could not be computed from the text, so that the fallback
     * was used.
     *
     * @return the orders, from low to high
     */
    public List<Integer> fallbackOrders() {
        return fallbackOrders;
    }

    /**
     * Returns the n-grams of an order, sorted as KenLM sorts: by last words, then by those before.
     *
     * <p>{@code <s>} alone has the log probability 0, since it never follows anything. The stream
     * throws an {@link UncheckedIOException} if the temporary file cannot be read.
     *
     * @param order from 1 to {@link #order()}
     * @return the n-grams
     * @throws IndexOutOfBoundsException if there is no such order
     */
    public Stream<NGram> ngrams(int order) {
        return StreamSupport.stream(new NGrams(order), false);
    }

    /**
     * Writes the model as an ARPA file, UTF-8, with enough digits to read the same numbers back.
     *
     * <p>The text is written to a temporary file in the same folder, which then replaces the file.
     *
     * @param file the file; compressed if its name ends with {@code .gz}; replaced if it exists
     * @throws IOException if it cannot be written
     */
    public void writeArpa(Path file) throws IOException {
        Objects.requireNonNull(file, "file");
        ArpaWriter.write(this, file);
    }

    /** Deletes the temporary file, if there is one. */
    @Override
    public void close() throws IOException {
        workspace.close();
    }

    /** Returns what counts the n-grams that are written. */
    StepProgress writingProgress() {
        return workspace.progress(EstimationStep.WRITING);
    }

    Vocabulary vocabulary() {
        return vocabulary;
    }

    NGramPacking packing() {
        return packing;
    }

    /** Returns the n-grams of an order with probability and back-off weight. */
    Records records(int order) {
        return orders.get(order - 1);
    }

    /** Returns the decimal logarithm of a probability or a back-off weight. */
    static float log10(float value) {
        return value > 0 ? (float) Math.log10(value) : LOG10_ZERO;
    }

    private final class NGrams extends AbstractSpliterator<NGram> {

        private final int order;
        private final RecordSource source;
        private final long[] record;

        NGrams(int order) {
            super(count(order), Spliterator.ORDERED | Spliterator.NONNULL | Spliterator.IMMUTABLE);
            this.order = order;
            source = records(order).read();
            record = new long[records(order).width()];
        }

        @Override
        public boolean tryAdvance(Consumer<? super NGram> action) {
            try {
                if (!source.next(record)) {
                    return false;
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            List<String> words = new ArrayList<>();
            for (int i = order - 1; i >= 0; i--) {
                words.add(vocabulary.word(packing.word(record, i)));
            }
            long pair = record[record.length - 1];
            action.accept(
                    new NGram(words, log10(FloatPair.first(pair)), log10(FloatPair.second(pair))));
            return true;
        }
    }
}
