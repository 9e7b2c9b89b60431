package io.github.djlctc.lm;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

import static io.github.djlctc.lm.ChildTable.NONE;
import static io.github.djlctc.lm.InMemoryNGramModel.BACKOFF;
import static io.github.djlctc.lm.InMemoryNGramModel.CONTEXT;
import static io.github.djlctc.lm.InMemoryNGramModel.NODE_SIZE;
import static io.github.djlctc.lm.InMemoryNGramModel.PROBABILITY;
import static io.github.djlctc.lm.InMemoryNGramModel.ROOT;
import static io.github.djlctc.lm.InMemoryNGramModel.SUFFIX;

/**
 * Builds an {@link InMemoryNGramModel} from its n-grams, which must come in the order of their
 * lengths, the unigrams in the order of the words' ids.
 */
final class NGramTrieBuilder {

    static final int MAX_NODES = Integer.MAX_VALUE / NODE_SIZE - 8;

    private final ChildTable children = new ChildTable();
    private int size = 1;

    /** The nodes as the model stores them, {@code NODE_SIZE} ints each. */
    private int[] nodes = new int[1024 * NODE_SIZE];

    /** The number of words of each node. */
    private byte[] lengths = new byte[1024];

    /** The parent of each node: the n-gram without its last word. */
    private int[] parents = new int[1024];

    /** The id of the last word of each node. */
    private int[] lastWords = new int[1024];

    boolean isFull() {
        // An n-gram adds a node for itself and at most one for each missing context.
        return size >= Math.min(MAX_NODES, ChildTable.MAX_SIZE) - NGramModel.MAX_ORDER;
    }

    /** Adds the unigram of the next word. */
    void addUnigram(float log10, float backoff) {
        append(ROOT, size - 1, log10, backoff);
    }

    float unigramLogProbability(int word) {
        return getFloat(1 + word, PROBABILITY);
    }

    /** Replaces a unigram. */
    void setUnigram(int word, float log10, float backoff) {
        setWeights(1 + word, log10, backoff);
    }

    /**
     * Adds an n-gram of two or more words, and the contexts it lacks.
     *
     * @return false if the model has it already
     */
    boolean add(int[] words, float log10, float backoff) {
        int context = 1 + words[0];
        for (int i = 1; i < words.length - 1; i++) {
            int node = child(context, words[i]);
            if (node == NONE) {
                float backedOff = (float) backedOff(words, i + 1);
                node = addChild(context, words[i], backedOff, 0);
            }
            context = node;
        }
        int word = words[words.length - 1];
        if (child(context, word) != NONE) {
            return false;
        }
        addChild(context, word, log10, backoff);
        return true;
    }

    /**
     * Returns the log10 probability, by backing off, of the last of the first {@code end} words.
     */
    private double backedOff(int[] words, int end) {
        double backoff = 0;
        for (int start = 0; ; start++) {
            int context = find(words, start, end - 1);
            if (context != NONE) {
                int node = child(context, words[end - 1]);
                if (node != NONE) {
                    return getFloat(node, PROBABILITY) + backoff;
                }
                backoff += getFloat(context, BACKOFF);
            }
        }
    }

    private int find(int[] words, int start, int end) {
        int node = ROOT;
        for (int i = start; i < end && node != NONE; i++) {
            node = child(node, words[i]);
        }
        return node;
    }

    private int child(int node, int word) {
        return node == ROOT ? 1 + word : children.find(node, word);
    }

    private int addChild(int parent, int word, float log10, float backoff) {
        int node = append(parent, word, log10, backoff);
        children.add(parent, word, node);
        set(parent, CONTEXT, parent);
        return node;
    }

    private int append(int parent, int word, float log10, float backoff) {
        int node = size++;
        if (node == lengths.length) {
            int capacity = (int) Math.min(lengths.length * 3L / 2, MAX_NODES);
            nodes = Arrays.copyOf(nodes, capacity * NODE_SIZE);
            lengths = Arrays.copyOf(lengths, capacity);
            parents = Arrays.copyOf(parents, capacity);
            lastWords = Arrays.copyOf(lastWords, capacity);
        }
        lengths[node] = (byte) (lengths[parent] + 1);
        parents[node] = parent;
        lastWords[node] = word;
        setWeights(node, log10, backoff);
        return node;
    }

    private void setWeights(int node, float log10, float backoff) {
        set(node, PROBABILITY, Float.floatToRawIntBits(log10));
        set(node, BACKOFF, Float.floatToRawIntBits(backoff));
        set(node, CONTEXT, backoff == 0 ? ROOT : node);
    }

    InMemoryNGramModel build(
            int order, List<String> vocabulary, Map<String, Integer> ids, List<String> warnings) {
        // Ordered by length, since contexts that were added come after longer n-grams.
        for (int length = 1; length <= order; length++) {
            for (int node = 1; node < size; node++) {
                if (lengths[node] == length) {
                    link(node);
                }
            }
        }
        return new InMemoryNGramModel(
                order,
                vocabulary,
                warnings,
                ids,
                Arrays.copyOf(nodes, size * NODE_SIZE),
                Arrays.copyOf(lengths, size),
                children);
    }

    /** Sets the suffix and context of a node; those of all shorter n-grams must be set. */
    private void link(int node) {
        int suffix = ROOT;
        if (parents[node] != ROOT) {
            int context = parents[node];
            do {
                context = get(context, SUFFIX);
                suffix = child(context, lastWords[node]);
            } while (suffix == NONE);
        }
        set(node, SUFFIX, suffix);
        if (get(node, CONTEXT) != node) {
            set(node, CONTEXT, get(suffix, CONTEXT));
        }
    }

    private float getFloat(int node, int field) {
        return Float.intBitsToFloat(get(node, field));
    }

    private int get(int node, int field) {
        return nodes[node * NODE_SIZE + field];
    }

    private void set(int node, int field, int value) {
        nodes[node * NODE_SIZE + field] = value;
    }
}
