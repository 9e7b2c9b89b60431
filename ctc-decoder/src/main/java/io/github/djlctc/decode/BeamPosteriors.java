package io.github.djlctc.decode;

import java.util.Arrays;
import java.util.List;

/**
 * The posterior probabilities of tokens and words in the final beam: the share of the prefixes,
 * weighted by their probabilities, that have the same token or word at an overlapping time.
 */
final class BeamPosteriors {

    private final TokenTexts texts;
    private final StablePath stable;

    /**
     * How many tokens all prefixes begin with, in the same frames, that are not in {@link #tokens}.
     */
    private final int sharedTokens;

    /** How many words those are. */
    private final int sharedWords;

    /** The tokens of each prefix, but those that all share. */
    private final Spans[] tokens;

    /** The words of each prefix, but those that all share. */
    private final Spans[] words;

    /** The probability of each prefix, relative to the best one. */
    private final double[] weights;

    private final double totalWeight;

    /** Reads the tokens and words of prefixes, which methods identify by their index. */
    BeamPosteriors(TokenTexts texts, StablePath stable, List<FinalPrefix> prefixes) {
        this.texts = texts;
        this.stable = stable;
        boolean isNothing = prefixes.get(0).isNothing();
        sharedTokens = isNothing ? 0 : stable.tokens().cut();
        sharedWords = isNothing ? 0 : stable.tokens().wordsBeforeCut();
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
        Spans spans = new Spans(stable.count(prefix, sharedTokens));
        spans.size = spans.units.length;
        stable.tell(
                prefix, sharedTokens, (i, id, start, end, peak) -> spans.set(i, id, start, end));
        return spans;
    }

    /** Joins tokens to words, which are identified by a hash of their characters. */
    private Spans words(Spans tokensOfPrefix) {
        Spans spans = wordsBySpelling(tokensOfPrefix);
        if (texts.areCodes()) {
            // The same word may be spelled otherwise elsewhere.
            List<String> written =
                    texts.words(
                            Arrays.stream(tokensOfPrefix.units, 0, tokensOfPrefix.size)
                                    .mapToInt(Math::toIntExact)
                                    .toArray());
            for (int i = 0; i < spans.size; i++) {
                spans.units[i] = written.get(i).hashCode();
            }
        }
        return spans;
    }

    private Spans wordsBySpelling(Spans tokensOfPrefix) {
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
        return posteriors(tokens, prefix, sharedTokens);
    }

    /** Returns the posterior probability of each word of a prefix. */
    double[] ofWords(int prefix) {
        return posteriors(words, prefix, sharedWords);
    }

    /** Adds up for each token or word what has the same, which is all for those that all share. */
    private double[] posteriors(Spans[] spans, int prefix, int shared) {
        double[] posteriors = new double[shared + spans[prefix].size];
        double sum = 0;
        for (int other = 0; other < spans.length; other++) {
            double weight = weights[other] / totalWeight;
            sum += weight;
            addMatches(spans[prefix], spans[other], weight, posteriors, shared);
        }
        Arrays.fill(posteriors, 0, shared, sum);
        for (int i = 0; i < posteriors.length; i++) {
            posteriors[i] = Math.min(1, posteriors[i]);
        }
        return posteriors;
    }

    private static void addMatches(
            Spans spans, Spans others, double weight, double[] sums, int offset) {
        int first = 0;
        for (int i = 0; i < spans.size; i++) {
            while (first < others.size && others.ends[first] <= spans.starts[i]) {
                first++;
            }
            for (int j = first; j < others.size && others.starts[j] < spans.ends[i]; j++) {
                if (others.units[j] == spans.units[i]) {
                    sums[offset + i] += weight;
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
