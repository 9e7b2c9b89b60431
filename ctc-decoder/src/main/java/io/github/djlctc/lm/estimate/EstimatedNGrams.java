package io.github.djlctc.lm.estimate;

import io.github.djlctc.lm.NGramModel;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The n-grams of a model that was estimated from a text.
 *
 * <p>To score words, {@linkplain #writeArpa write} a file and {@link NGramModel#read read} it.
 *
 * <p>Immutable and safe for use by many threads.
 */
public final class EstimatedNGrams {

    private final List<String> vocabulary;
    private final List<EstimatedOrder> orders;
    private final List<Integer> fallbackOrders;

    EstimatedNGrams(
            List<String> vocabulary, List<EstimatedOrder> orders, List<Integer> fallbackOrders) {
        this.vocabulary = List.copyOf(vocabulary);
        this.orders = List.copyOf(orders);
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
    public int count(int order) {
        return orders.get(order - 1).count();
    }

    /**
     * Returns the discounts of an order.
     *
     * @param order from 1 to {@link #order()}
     * @return the discounts
     * @throws IndexOutOfBoundsException if there is no such order
     */
    public Discounts discounts(int order) {
        return orders.get(order - 1).discounts();
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
     * <p>{@code <s>} alone has the log probability 0, since it never follows anything.
     *
     * @param order from 1 to {@link #order()}
     * @return the n-grams
     * @throws IndexOutOfBoundsException if there is no such order
     */
    public Stream<NGram> ngrams(int order) {
        EstimatedOrder estimated = orders.get(order - 1);
        return estimated
                .sequence()
                .mapToObj(
                        id ->
                                new NGram(
                                        Arrays.asList(words(order, id)),
                                        estimated.log10Probability(id),
                                        estimated.log10Backoff(id)));
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

    /** Returns the n-grams of an order by id. */
    EstimatedOrder estimated(int order) {
        return orders.get(order - 1);
    }

    /** Returns the words of an n-gram. */
    String[] words(int order, int id) {
        String[] words = new String[order];
        int ngram = id;
        for (int n = order; n >= 1; n--) {
            NGramTable table = orders.get(n - 1).table();
            words[n - 1] = vocabulary.get(table.word(ngram));
            ngram = table.context(ngram);
        }
        return words;
    }
}
