package io.github.djlctc.decode;

import java.util.Arrays;
import java.util.List;

/**
 * The posterior probabilities of tokens and words in the final beam: the share of the prefixes,
 * weighted by their probabilities, that have the same token or word at an overlapping time.
 */
final class BeamPosteriors {

    private final TokenTexts texts;
    private final PrefixTree tree;
    private final AlignmentHistory history;

    /** The tokens of each prefix. */
    private final Spans[] tokens;

    /** The words of each prefix. */
    private final Spans[] words;

    /** The probability of each prefix, relative to the best one. */
    private final double[] weights;

    private final double totalWeight;

    /** Reads the tokens and words of prefixes, which methods identify by their index. */
    BeamPosteriors(TokenTexts texts, BeamSearch search, List<FinalPrefix> prefixes) {
        this.texts = texts;
        tree = search.tree();
        history = search.history();
        double best = prefixes.stream().mapToDouble(FinalPrefix::score).max().orElseThrow();
        tokens = new Spans[prefixes.size()];
        words = new Spans[prefixes.size()];
        weights = new double[prefixes.size()];
        double total = 0;
        for (int i = 0; i < tokens.length; i++) {
            tokens[i] = tokens(prefixes.get(i));
            words[i] = words(tokens[i]);
            weights[i] = Math.exp(prefixes.get(i).score() - best);
            total += weights[i];
        }
        totalWeight = total;
    }

    private Spans tokens(FinalPrefix prefix) {
        int count = tree.length(prefix.node());
        Spans spans = new Spans(count);
        spans.size = count;
        int record = prefix.record();
        for (int node = prefix.node(); node != PrefixTree.ROOT; node = tree.parent(node)) {
            spans.set(--count, tree.token(node), history.start(record), history.end(record));
            record = history.previous(record);
        }
        return spans;
    }

    /** Joins tokens to words, which are identified by a hash of their characters. */
    private Spans words(Spans tokensOfPrefix) {
        Spans spans = new Spans(tokensOfPrefix.size);
        boolean inWord = false;
        for (int i = 0; i < tokensOfPrefix.size; i++) {
            for (char character : texts.of((int) tokensOfPrefix.units[i])) {
                if (character == ' ') {
                    inWord = false;
                    continue;
                }
                if (!inWord) {
                    spans.add(1, tokensOfPrefix.starts[i], tokensOfPrefix.ends[i]);
                    inWord = true;
                }
                spans.extendLast(character, tokensOfPrefix.ends[i]);
            }
        }
        return spans;
    }

    /** Returns the posterior probability of each token of a prefix. */
    double[] ofTokens(int prefix) {
        return posteriors(tokens, prefix);
    }

    /** Returns the posterior probability of each word of a prefix. */
    double[] ofWords(int prefix) {
        return posteriors(words, prefix);
    }

    private double[] posteriors(Spans[] spans, int prefix) {
        double[] posteriors = new double[spans[prefix].size];
        for (int other = 0; other < spans.length; other++) {
            addMatches(spans[prefix], spans[other], weights[other] / totalWeight, posteriors);
        }
        for (int i = 0; i < posteriors.length; i++) {
            posteriors[i] = Math.min(1, posteriors[i]);
        }
        return posteriors;
    }

    private static void addMatches(Spans spans, Spans others, double weight, double[] sums) {
        int first = 0;
        for (int i = 0; i < spans.size; i++) {
            while (first < others.size && others.ends[first] <= spans.starts[i]) {
                first++;
            }
            for (int j = first; j < others.size && others.starts[j] < spans.ends[i]; j++) {
                if (others.units[j] == spans.units[i]) {
                    sums[i] += weight;
                    break;
                }
            }
        }
    }

    /** Tokens or words and their frames, in order. */
    private static final class Spans {

        /** The class id of each token, or the hash of each word. */
        private long[] units;

        /** The first frame of each. */
        private int[] starts;

        /** The frame after the last one of each. */
        private int[] ends;

        private int size;

        Spans(int capacity) {
            units = new long[capacity];
            starts = new int[capacity];
            ends = new int[capacity];
        }

        void set(int index, long unit, int start, int end) {
            units[index] = unit;
            starts[index] = start;
            ends[index] = end;
        }

        void add(long unit, int start, int end) {
            if (size == units.length) {
                units = Arrays.copyOf(units, 2 * size);
                starts = Arrays.copyOf(starts, 2 * size);
                ends = Arrays.copyOf(ends, 2 * size);
            }
            set(size++, unit, start, end);
        }

        void extendLast(char character, int end) {
            units[size - 1] = (units[size - 1] + character) * 0x9E3779B97F4A7C15L;
            ends[size - 1] = end;
        }
    }
}
