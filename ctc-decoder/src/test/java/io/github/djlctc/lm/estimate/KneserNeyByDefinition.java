package io.github.djlctc.lm.estimate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Interpolated modified Kneser-Ney smoothing in double precision, word for word as defined. */
final class KneserNeyByDefinition {

    private final int order;
    private final List<Integer> thresholds;
    private final EstimatedNGrams discounts;
    private final Map<List<String>, Integer> counts = new HashMap<>();
    private final Map<List<String>, Set<String>> precedingWords = new HashMap<>();
    private final Set<String> vocabulary = new HashSet<>(Set.of("<unk>", "</s>"));

    /** Uses the discounts of a given model. */
    KneserNeyByDefinition(
            List<List<String>> sentences, List<Integer> thresholds, EstimatedNGrams discounts) {
        this.order = thresholds.size();
        this.thresholds = thresholds;
        this.discounts = discounts;
        for (List<String> sentence : sentences) {
            List<String> words = new ArrayList<>(sentence);
            words.add(0, "<s>");
            words.add("</s>");
            count(words);
        }
        for (List<String> ngram : counts.keySet()) {
            if (ngram.size() == 1 && isKept(ngram)) {
                vocabulary.add(ngram.get(0));
            }
        }
    }

    private void count(List<String> words) {
        for (int end = 2; end <= words.size(); end++) {
            for (int start = Math.max(0, end - order); start < end; start++) {
                List<String> ngram = List.copyOf(words.subList(start, end));
                counts.merge(ngram, 1, Integer::sum);
                if (start > 0) {
                    precedingWords
                            .computeIfAbsent(ngram, key -> new HashSet<>())
                            .add(words.get(start - 1));
                }
            }
        }
    }

    Set<List<String>> keptNGrams() {
        Set<List<String>> kept = new HashSet<>(Set.of(List.of("<s>"), List.of("<unk>")));
        counts.keySet().stream().filter(this::isKept).forEach(kept::add);
        return kept;
    }

    /** The probability of an n-gram of the model, or of any word after any context. */
    double probability(List<String> ngram) {
        if (ngram.isEmpty()) {
            return 1.0 / vocabulary.size();
        }
        List<String> context = ngram.subList(0, ngram.size() - 1);
        double lower = probability(ngram.subList(1, ngram.size()));
        double total = 0;
        double free = 0;
        for (List<String> other : counts.keySet()) {
            if (other.size() == ngram.size()
                    && other.subList(0, other.size() - 1).equals(context)) {
                int adjusted = adjusted(other);
                total += adjusted;
                free += isKept(other) ? discount(other.size(), adjusted) : adjusted;
            }
        }
        if (total == 0) {
            return lower;
        }
        double own = 0;
        if (counts.containsKey(ngram) && isKept(ngram)) {
            own = (adjusted(ngram) - discount(ngram.size(), adjusted(ngram))) / total;
        }
        return own + free / total * lower;
    }

    private boolean isKept(List<String> ngram) {
        return counts.get(ngram) > thresholds.get(ngram.size() - 1)
                || ngram.equals(List.of("</s>"));
    }

    private int adjusted(List<String> ngram) {
        return ngram.size() == order || ngram.get(0).equals("<s>")
                ? counts.get(ngram)
                : precedingWords.get(ngram).size();
    }

    private double discount(int n, int count) {
        Discounts ofOrder = discounts.discounts(n);
        return switch (count) {
            case 1 -> ofOrder.one();
            case 2 -> ofOrder.two();
            default -> ofOrder.threeOrMore();
        };
    }
}
