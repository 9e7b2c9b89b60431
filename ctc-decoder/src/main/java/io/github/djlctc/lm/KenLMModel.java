package io.github.djlctc.lm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * A model in one of the forms of KenLM (Heafield 2011, KenLM: faster and smaller language model
 * queries): a memory-mapped binary, or an ARPA file that was read into hash tables.
 *
 * <p>A state is the length of the context, its words from the last backwards, and the back-off
 * weights of the contexts of 1, 2, ... words as the bits of floats. A context is no longer than
 * later scores depend on, and unused ints are 0, so that contexts are equal if their states are.
 */
final class KenLMModel extends NGramModel {

    private final Path file;
    private final WordBlock words;
    private final KenLMVocabulary vocabulary;
    private final KenLMSearch search;
    private final int longestContext;
    private final int sentenceStart;
    private final int sentenceEnd;
    private final int vocabularySize;

    KenLMModel(
            Path file,
            int order,
            List<String> warnings,
            WordBlock words,
            KenLMVocabulary vocabulary,
            KenLMSearch search) {
        super(order, warnings);
        this.file = file;
        this.words = words;
        this.vocabulary = vocabulary;
        this.search = search;
        this.vocabularySize = vocabulary.size();
        this.longestContext = order - 1;
        this.sentenceStart = vocabulary.find(ReservedWords.SENTENCE_START);
        this.sentenceEnd = vocabulary.find(ReservedWords.SENTENCE_END);
    }

    static KenLMModel map(Path path) throws IOException {
        if (!Files.isRegularFile(path)) {
            // To open a pipe again waits for somebody to write into it.
            throw new LanguageModelFormatException(
                    path,
                    "this is a KenLM binary that comes through a pipe and cannot be mapped; name"
                            + " its file");
        }
        try (FileChannel channel = FileChannel.open(path)) {
            return create(path, LittleEndianMemory.map(channel));
        }
    }

    static KenLMModel create(Path path, LittleEndianMemory file)
            throws LanguageModelFormatException {
        KenLMHeader header = new KenLMHeader(path, file);
        KenLMVocabulary vocabulary =
                header.isTrie()
                        ? new KenLMVocabulary.Sorted(file, header)
                        : KenLMVocabulary.Probing.of(file, header);
        KenLMSearch search =
                header.isTrie() ? new TrieSearch(file, header) : ProbingSearch.of(file, header);
        WordBlock words = new WordBlock(file, header.take(0), vocabulary.size());
        words.check(header);
        checkUnigrams(header, search, words, vocabulary.size());
        return new KenLMModel(path, header.order(), List.of(), words, vocabulary, search);
    }

    /** Checks the weights of single words, which most of all scores depend on. */
    private static void checkUnigrams(
            KenLMHeader header, KenLMSearch search, WordBlock words, int count)
            throws LanguageModelFormatException {
        for (int word = 0; word < count; word++) {
            long weights = search.weights(1, search.unigram(word));
            float probability = KenLMSearch.probability(weights);
            float backoff = Float.intBitsToFloat(KenLMSearch.backoffBits(weights));
            if (!isPossible(probability + backoff)) {
                header.check(
                        false,
                        "the word \"%s\" has the log probability %s and the back-off weight %s"
                                .formatted(words.words().get(word), probability, backoff));
            }
        }
    }

    /** Tells whether a log probability is one: a number, or negative infinity. */
    static boolean isPossible(double log10) {
        return log10 < Double.POSITIVE_INFINITY;
    }

    @Override
    public List<String> vocabulary() {
        return words.words();
    }

    @Override
    public int wordId(String word) {
        return vocabulary.find(word);
    }

    @Override
    public int unknownWord() {
        return KenLMVocabulary.UNKNOWN;
    }

    @Override
    public int stateSize() {
        return 1 + 2 * longestContext;
    }

    @Override
    public void writeEmptyContext(int[] states, int at) {
        for (int i = 0; i < stateSize(); i++) {
            states[at + i] = 0;
        }
    }

    @Override
    public void writeSentenceStart(int[] states, int at) {
        writeEmptyContext(states, at);
        if (longestContext > 0 && sentenceStart != KenLMVocabulary.UNKNOWN) {
            long weights = search.weights(1, search.unigram(sentenceStart));
            states[at] = 1;
            states[at + 1] = sentenceStart;
            states[at + 1 + longestContext] = KenLMSearch.backoffBits(weights);
        }
    }

    @Override
    public double score(int[] states, int at, int word, int[] next, int nextAt) {
        return score(states, at, word, next, nextAt, null);
    }

    @Override
    double score(int[] states, int at, int word, int[] next, int nextAt, int[] matched) {
        Objects.checkIndex(word, vocabularySize);
        int contextLength = states[at];
        int contextWords = at + 1;
        int contextBackoffs = contextWords + longestContext;
        int nextBackoffs = nextAt + 1 + longestContext;

        long nGram = search.unigram(word);
        long key = word;
        long weights = search.weights(1, nGram);
        int length = 1;
        int backoff = KenLMSearch.backoffBits(weights);
        int nextLength = isContext(backoff) ? 1 : 0;
        while (length <= contextLength) {
            int contextWord = states[contextWords + length - 1];
            key = search.key(key, contextWord);
            nGram = search.extend(length, nGram, weights, key, contextWord);
            if (nGram == KenLMSearch.NONE) {
                break;
            }
            // If both states are the same, the weight that this overwrites has been used already.
            next[nextBackoffs + length - 1] = backoff;
            length++;
            weights = search.weights(length, nGram);
            if (length <= longestContext) {
                backoff = KenLMSearch.backoffBits(weights);
                nextLength = isContext(backoff) ? length : nextLength;
            }
        }
        double log10 = KenLMSearch.probability(weights);
        for (int i = length - 1; i < contextLength; i++) {
            log10 += Float.intBitsToFloat(states[contextBackoffs + i]);
        }
        if (!isPossible(log10)) {
            throw impossible(word, log10);
        }
        if (length <= longestContext) {
            next[nextBackoffs + length - 1] = backoff;
        }
        writeContext(states, contextWords, word, next, nextAt, nextLength);
        if (matched != null) {
            matched[0] = length;
        }
        return log10 * LN_10;
    }

    @Override
    void prefetch(int[] state, int[] words, int from, int to) {
        int contextLength = state[0];
        int[] sequence = new int[contextLength + to - from];
        for (int i = 0; i < contextLength; i++) {
            sequence[contextLength - 1 - i] = state[1 + i];
        }
        System.arraycopy(words, from, sequence, contextLength, to - from);
        search.prefetch(sequence, contextLength);
    }

    private UncheckedIOException impossible(int word, double log10) {
        return new UncheckedIOException(
                new LanguageModelFormatException(
                        file,
                        "this is a KenLM binary, but an n-gram that ends in the word \"%s\" has the"
                                        .formatted(words.words().get(word))
                                + " log probability "
                                + log10
                                + ", so it is damaged; "
                                + KenLMHeader.REMEDY));
    }

    /** Returns whether longer n-grams begin with an n-gram; a back-off weight of -0 says no. */
    private static boolean isContext(int backoff) {
        return backoff != Integer.MIN_VALUE;
    }

    private void writeContext(
            int[] states, int contextWords, int word, int[] next, int nextAt, int length) {
        if (length > 0) {
            System.arraycopy(states, contextWords, next, nextAt + 2, length - 1);
            next[nextAt + 1] = word;
        }
        for (int i = length; i < longestContext; i++) {
            next[nextAt + 1 + i] = 0;
            next[nextAt + 1 + longestContext + i] = 0;
        }
        next[nextAt] = length;
    }

    @Override
    public double scoreSentenceEnd(int[] states, int at) {
        return score(states, at, sentenceEnd, new int[stateSize()], 0);
    }
}
