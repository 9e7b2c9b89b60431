package io.github.djlctc.lm.estimate;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

/** Counts by brute force, in any order and in parts, give the ARPA file of the text. */
class CountsElsewherePropertyTest {

    /** More words than fit into one long where the order is high, and some that occur often. */
    @Provide
    Arbitrary<List<List<String>>> texts() {
        Arbitrary<String> words =
                Arbitraries.oneOf(
                        Arbitraries.of("a", "b", "\u00e9", "\ud83d\ude00", "<", "<S>"),
                        Arbitraries.integers().between(0, 200).map(i -> "w" + i));
        return words.list().ofMaxSize(9).list().ofMinSize(1).ofMaxSize(25);
    }

    @Provide
    Arbitrary<List<Integer>> thresholds() {
        return Arbitraries.of(0, 0, 0, 1, 2)
                .list()
                .ofMinSize(1)
                .ofMaxSize(5)
                .map(list -> list.stream().sorted().toList());
    }

    @Property(tries = 300)
    void giveTheSameModel(
            @ForAll("texts") List<List<String>> text,
            @ForAll("thresholds") List<Integer> thresholds,
            @ForAll Random random)
            throws IOException {
        Set<String> words = new LinkedHashSet<>();
        text.forEach(words::addAll);
        Assume.that(!words.isEmpty());
        List<Part> parts = new ArrayList<>();
        count(text, thresholds.size()).forEach((n, count) -> split(n, count, random, parts));
        Collections.shuffle(parts, random);
        NGramEstimator estimator =
                NGramEstimator.builder()
                        .setOrder(thresholds.size())
                        .optPruning(thresholds.stream().mapToInt(Integer::intValue).toArray())
                        .optDiscountFallback(Discounts.FALLBACK)
                        .build();

        String expected = arpa(estimator.estimate(lines(text)));
        String actual =
                arpa(
                        estimator.estimate(
                                words,
                                collector -> {
                                    for (Part part : parts) {
                                        part.addTo(collector);
                                    }
                                }));

        assertThat(actual).isEqualTo(expected);
    }

    @Property(tries = 300)
    void areOfTheNGramsOfEachLine(@ForAll("texts") List<List<String>> text, @ForAll Random random) {
        int order = 1 + random.nextInt(5);
        Map<List<String>, Long> counts = new HashMap<>();
        for (List<String> sentence : text) {
            String separator = List.of(" ", "\t\r", "  ", "\0").get(random.nextInt(4));
            String line = separator + String.join(separator, sentence) + separator;
            LineNGrams ngrams = new LineNGrams(line.getBytes(StandardCharsets.UTF_8), order);
            while (ngrams.hasNext()) {
                String ngram = new String(ngrams.next(), StandardCharsets.UTF_8);
                counts.merge(List.of(ngram.split(" ", -1)), 1L, Long::sum);
            }
        }

        assertThat(counts).isEqualTo(count(text, order));
    }

    /** By the definition: for each word and end of a sentence, what ends there. */
    private static Map<List<String>, Long> count(List<List<String>> text, int order) {
        Map<List<String>, Long> counts = new HashMap<>();
        for (List<String> sentence : text) {
            List<String> all = new ArrayList<>(sentence);
            all.add(0, "<s>");
            all.add("</s>");
            for (int end = 2; end <= all.size(); end++) {
                counts.merge(all.subList(Math.max(0, end - order), end), 1L, Long::sum);
            }
        }
        return counts;
    }

    private static void split(List<String> ngram, long count, Random random, List<Part> parts) {
        for (long left = count; left > 0; ) {
            long some = 1L + random.nextInt((int) left);
            parts.add(new Part(ngram, some, random.nextBoolean()));
            left -= some;
        }
    }

    private static List<String> lines(List<List<String>> text) {
        return text.stream().map(sentence -> String.join(" ", sentence)).toList();
    }

    private static String arpa(EstimatedNGrams model) throws IOException {
        Path file = Files.createTempFile("model", ".arpa");
        try (model) {
            model.writeArpa(file);
            return Files.readString(file);
        } finally {
            Files.delete(file);
        }
    }

    private record Part(List<String> ngram, long count, boolean asBytes) {

        void addTo(NGramCollector collector) throws IOException {
            if (asBytes) {
                collector.add(String.join(" ", ngram).getBytes(StandardCharsets.UTF_8), count);
            } else {
                collector.add(ngram, count);
            }
        }
    }
}
