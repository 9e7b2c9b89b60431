package io.github.djlctc.examples.decode;

import io.github.djlctc.lm.SentenceQuery;
import io.github.djlctc.lm.WordProbability;

import java.io.PrintWriter;
import java.util.Locale;

/** The perplexity of all sentences together. */
final class PerplexitySum {

    private long sentences;
    private long words;
    private long knownWords;
    private double logProbability;
    private double knownLogProbability;

    void add(SentenceQuery query) {
        sentences++;
        for (WordProbability word : query.words()) {
            words++;
            logProbability += word.logProbability();
            if (word.known()) {
                knownWords++;
                knownLogProbability += word.logProbability();
            }
        }
    }

    void print(PrintWriter out) {
        out.printf(
                Locale.ROOT,
                "%nsentences                         %d%n"
                        + "words                             %d, ends of sentences included%n"
                        + "unknown words                     %d%n"
                        + "log10                             %.6f%n"
                        + "perplexity                        %s%n"
                        + "perplexity without unknown words  %s%n",
                sentences,
                words,
                words - knownWords,
                logProbability / Math.log(10),
                perplexity(logProbability, words),
                perplexity(knownLogProbability, knownWords));
        out.flush();
    }

    private static String perplexity(double logProbability, long words) {
        return words == 0
                ? "-"
                : String.format(Locale.ROOT, "%.4f", Math.exp(-logProbability / words));
    }
}
