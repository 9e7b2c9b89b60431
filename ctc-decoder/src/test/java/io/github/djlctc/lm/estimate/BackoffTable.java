package io.github.djlctc.lm.estimate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The n-grams of a model in a map, in their order, scored as textbooks define it. */
public record BackoffTable(int order, Map<List<String>, NGram> ngrams) {

    public static BackoffTable of(EstimatedNGrams model) {
        Map<List<String>, NGram> ngrams = new LinkedHashMap<>();
        for (int n = 1; n <= model.order(); n++) {
            model.ngrams(n).forEach(ngram -> ngrams.put(ngram.words(), ngram));
        }
        return new BackoffTable(model.order(), ngrams);
    }

    /** Reads a well-formed ARPA file. */
    public static BackoffTable read(Path arpa) throws IOException {
        Map<List<String>, NGram> ngrams = new LinkedHashMap<>();
        int order = 0;
        for (String line : Files.readAllLines(arpa)) {
            String[] columns = line.split("\t", -1);
            if (columns.length > 1) {
                List<String> words = List.of(columns[1].split(" ", -1));
                float backoff = columns.length > 2 ? Float.parseFloat(columns[2]) : 0;
                ngrams.put(words, new NGram(words, Float.parseFloat(columns[0]), backoff));
                order = Math.max(order, words.size());
            }
        }
        return new BackoffTable(order, ngrams);
    }

    /** Returns the probability of the last of some words after the others. */
    public double probability(List<String> words) {
        NGram ngram = ngrams.get(words);
        if (ngram != null) {
            return Math.pow(10, ngram.log10Probability());
        }
        NGram context = ngrams.get(words.subList(0, words.size() - 1));
        double backoff = context == null ? 1 : Math.pow(10, context.log10Backoff());
        return backoff * probability(words.subList(1, words.size()));
    }

    /** Returns the sum of the probabilities of all words after a context. */
    public double sumAfter(List<String> context) {
        return ngrams.keySet().stream()
                .filter(words -> words.size() == 1 && !words.contains("<s>"))
                .mapToDouble(words -> probability(concatenate(context, words)))
                .sum();
    }

    private static List<String> concatenate(List<String> first, List<String> second) {
        return Stream.of(first, second).flatMap(List::stream).toList();
    }
}
