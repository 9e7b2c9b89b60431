package io.github.djlctc.lm;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * An n-gram model as a trie on the heap.
 *
 * <p>A node is an n-gram; its children are the n-grams with one more word at the end. Each node
 * stores the node of its longest proper suffix, so that backing off is one step, and the node of
 * the longest suffix that scores of later words depend on. The index of that node is the state: one
 * int.
 *
 * <p>Node 0 is the empty n-gram, and node 1 + w the unigram of the word w.
 */
final class InMemoryNGramModel extends NGramModel {

    /** The ints of a node: two logarithms to the base 10 as the bits of floats, and two nodes. */
    static final int NODE_SIZE = 4;

    static final int PROBABILITY = 0;
    static final int BACKOFF = 1;
    static final int SUFFIX = 2;
    static final int CONTEXT = 3;

    static final int ROOT = 0;

    private final Map<String, Integer> ids;
    private final int words;
    private final int unknownWord;

    /** {@link #NODE_SIZE} ints per node: its probability, back-off weight, suffix and context. */
    private final int[] nodes;

    /** The number of words of each node. */
    private final byte[] lengths;

    private final ChildTable children;
    private final int sentenceStart;
    private final int sentenceEnd;

    InMemoryNGramModel(
            int order,
            List<String> vocabulary,
            List<String> warnings,
            Map<String, Integer> ids,
            int[] nodes,
            byte[] lengths,
            ChildTable children) {
        super(order, vocabulary, warnings);
        this.ids = ids;
        this.words = vocabulary.size();
        this.unknownWord = ids.get(ReservedWords.UNKNOWN);
        this.nodes = nodes;
        this.lengths = lengths;
        this.children = children;
        int start = wordId(ReservedWords.SENTENCE_START);
        this.sentenceStart = start == unknownWord ? ROOT : value(1 + start, CONTEXT);
        this.sentenceEnd = wordId(ReservedWords.SENTENCE_END);
    }

    @Override
    public int wordId(String word) {
        return ids.getOrDefault(word, unknownWord);
    }

    @Override
    public int unknownWord() {
        return unknownWord;
    }

    @Override
    public int stateSize() {
        return 1;
    }

    @Override
    public void writeSentenceStart(int[] states, int at) {
        states[at] = sentenceStart;
    }

    @Override
    public void writeEmptyContext(int[] states, int at) {
        states[at] = ROOT;
    }

    @Override
    public double score(int[] states, int at, int word, int[] next, int nextAt) {
        Objects.checkIndex(word, words);
        double backoff = 0;
        int node = states[at];
        int child = child(node, word);
        while (child == ChildTable.NONE) {
            backoff += Float.intBitsToFloat(value(node, BACKOFF));
            node = value(node, SUFFIX);
            child = child(node, word);
        }
        next[nextAt] = value(child, CONTEXT);
        return (Float.intBitsToFloat(value(child, PROBABILITY)) + backoff) * LN_10;
    }

    @Override
    public double scoreSentenceEnd(int[] states, int at) {
        return score(states, at, sentenceEnd, new int[1], 0);
    }

    @Override
    int matchedLength(int[] states, int at, int word) {
        int node = states[at];
        while (child(node, word) == ChildTable.NONE) {
            node = value(node, SUFFIX);
        }
        return lengths[child(node, word)];
    }

    private int child(int node, int word) {
        return node == ROOT ? 1 + word : children.find(node, word);
    }

    private int value(int node, int field) {
        return nodes[node * NODE_SIZE + field];
    }
}
