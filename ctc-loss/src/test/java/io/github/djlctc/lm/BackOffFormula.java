package io.github.djlctc.lm;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The definition of a back-off model, word for word, from the n-grams of an ARPA text. */
final class BackOffFormula {

    private final Map<String, double[]> nGrams = new HashMap<>();

    BackOffFormula(String arpa) {
        int order = 0;
        for (String line : arpa.lines().toList()) {
            if (line.endsWith("-grams:")) {
                order = Integer.parseInt(line.substring(1, line.indexOf('-')));
            } else if (order > 0 && !line.isBlank() && !line.startsWith("\\")) {
                String[] fields = line.strip().split("\\s+");
                String words = String.join(" ", List.of(fields).subList(1, order + 1));
                double backOff =
                        fields.length > order + 1 ? Double.parseDouble(fields[order + 1]) : 0;
                nGrams.put(words, new double[] {Double.parseDouble(fields[0]), backOff});
            }
        }
    }

    /** The logarithm to the base 10 of the probability of the last word after the others. */
    double log10(List<String> words) {
        double[] found = nGrams.get(String.join(" ", words));
        if (found != null) {
            return found[0];
        }
        if (words.size() == 1) {
            return nGrams.get("<unk>")[0];
        }
        double[] context = nGrams.get(String.join(" ", words.subList(0, words.size() - 1)));
        return (context == null ? 0 : context[1]) + log10(words.subList(1, words.size()));
    }
}
