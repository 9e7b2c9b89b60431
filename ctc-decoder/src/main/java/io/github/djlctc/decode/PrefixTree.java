package io.github.djlctc.decode;

import java.util.Arrays;

/**
 * The prefixes that a search has met, as a tree in flat arrays: a node's prefix is that of its
 * parent and one token more.
 *
 * <p>A prefix has one node however often it is met. Parents have lower numbers than their children.
 * Node 0 is the empty prefix, or after {@link #compact} the one that all others begin with.
 */
final class PrefixTree {

    static final int ROOT = 0;
    static final int ABSENT = -1;
    static final int IMPOSSIBLE = -2;
    static final int NO_TOKEN = -1;

    private static final int FIRST_CAPACITY = 1024;

    /** Only what a look-ahead took before can give as much as this; infinity would spread. */
    private static final double GREATEST_LOG_FACTOR = 700;

    private final ChildIndex children;
    private final int stateSize;

    /** Nodes are dropped when there are this many, or a multiple of those that were needed. */
    private static final int COMPACT_ABOVE = 4096;

    /** The node of each node's prefix without its last token; {@link #ABSENT} for the root. */
    private int[] parent = new int[FIRST_CAPACITY];

    /** The last token of each node's prefix; {@link #NO_TOKEN} for the root. */
    private int[] token = new int[FIRST_CAPACITY];

    /** What a node's text weighs over that of its parent, as a factor of probabilities. */
    private double[] factor = new double[FIRST_CAPACITY];

    /** A bound on the factors of a node's children. */
    private double[] greatestFactor = new double[FIRST_CAPACITY];

    /** Where a node stands in the beam, or {@link #ABSENT}. */
    private int[] beamIndex = new int[FIRST_CAPACITY];

    // The fields of each node's TextState; languageModelStates has stateSize entries for each.
    private boolean[] inWord = new boolean[FIRST_CAPACITY];
    private int[] trieNode = new int[FIRST_CAPACITY];
    private int[] hotwordState = new int[FIRST_CAPACITY];
    private double[] logWeight = new double[FIRST_CAPACITY];
    private double[] languageModelScore = new double[FIRST_CAPACITY];
    private int[] languageModelStates;

    /** The segmentations of each node; null where something in the text separates words. */
    private SegmentationStore segmentations;

    /** The new number of each node, while nodes are dropped. */
    private int[] renumbered = new int[FIRST_CAPACITY];

    /** Which nodes {@link #commonPrefix} has visited: those with the last {@link #mark}. */
    private int[] marks = new int[FIRST_CAPACITY];

    private int mark;

    private int size;
    private int compactAbove;

    PrefixTree(int classes, int stateSize) {
        children = new ChildIndex(classes);
        this.stateSize = stateSize;
        languageModelStates = new int[FIRST_CAPACITY * stateSize];
    }

    /** Forgets everything but the root, whose text state is given. */
    void reset(TextState root, double rootGreatestFactor) {
        size = 0;
        compactAbove = COMPACT_ABOVE;
        children.clear();
        if (root.segmentations != null && segmentations == null) {
            segmentations = new SegmentationStore(root.segmentations.stateSize());
        }
        if (segmentations != null) {
            segmentations.clear();
        }
        append(ABSENT, NO_TOKEN, root, 1, rootGreatestFactor);
    }

    int size() {
        return size;
    }

    int parent(int node) {
        return parent[node];
    }

    int token(int node) {
        return token[node];
    }

    double factor(int node) {
        return factor[node];
    }

    double greatestFactor(int node) {
        return greatestFactor[node];
    }

    boolean isInWord(int node) {
        return inWord[node];
    }

    int beamIndex(int node) {
        return beamIndex[node];
    }

    void setBeamIndex(int node, int index) {
        beamIndex[node] = index;
    }

    double logWeight(int node) {
        return logWeight[node];
    }

    /** Returns how many tokens a prefix has more than one that it begins with. */
    int distance(int node, int ancestor) {
        int distance = 0;
        for (int n = node; n != ancestor; n = parent[n]) {
            distance++;
        }
        return distance;
    }

    /**
     * Returns the longest prefix that all prefixes begin with. Each node between is visited once.
     *
     * @param ancestor a prefix that they begin with
     */
    int commonPrefix(int[] nodes, int count, int ancestor) {
        mark++;
        int common = nodes[0];
        for (int n = common; n != ancestor; n = parent[n]) {
            marks[n] = mark;
        }
        marks[ancestor] = mark;
        for (int i = 1; i < count; i++) {
            int n = nodes[i];
            while (marks[n] != mark) {
                marks[n] = mark;
                n = parent[n];
            }
            // Where a path meets another that is not the first, it meets that at a lower number.
            common = Math.min(common, n);
        }
        return common;
    }

    /** Returns whether a prefix begins with another, or is it. */
    boolean beginsWith(int node, int ancestor) {
        int n = node;
        while (n > ancestor) {
            n = parent[n];
        }
        return n == ancestor;
    }

    /** Copies a node's text state to a cursor. */
    void load(int node, TextState state) {
        state.inWord = inWord[node];
        state.trieNode = trieNode[node];
        state.hotwordState = hotwordState[node];
        state.logWeight = logWeight[node];
        state.languageModelScore = languageModelScore[node];
        for (int i = 0, from = node * stateSize; i < stateSize; i++) {
            state.languageModelState[i] = languageModelStates[from + i];
        }
        if (segmentations != null) {
            segmentations.load(node, state.segmentations);
        }
    }

    /** Returns a child's node, {@link #ABSENT} or {@link #IMPOSSIBLE}. */
    int child(int node, int childToken) {
        return children.get(node, childToken);
    }

    /** Adds a child that is {@link #ABSENT}. */
    int add(int node, int childToken, TextState state, double childGreatestFactor) {
        double gain = Math.exp(Math.min(state.logWeight - logWeight[node], GREATEST_LOG_FACTOR));
        int child = append(node, childToken, state, gain, childGreatestFactor);
        children.put(node, childToken, child);
        return child;
    }

    /** Remembers that a child is not possible. */
    void addImpossible(int node, int childToken) {
        children.put(node, childToken, IMPOSSIBLE);
    }

    private int append(
            int parentNode, int ownToken, TextState state, double gain, double greatest) {
        if (size == parent.length) {
            grow();
        }
        int node = size++;
        parent[node] = parentNode;
        token[node] = ownToken;
        factor[node] = gain;
        greatestFactor[node] = greatest;
        beamIndex[node] = ABSENT;
        inWord[node] = state.inWord;
        trieNode[node] = state.trieNode;
        hotwordState[node] = state.hotwordState;
        logWeight[node] = state.logWeight;
        languageModelScore[node] = state.languageModelScore;
        for (int i = 0, to = node * stateSize; i < stateSize; i++) {
            languageModelStates[to + i] = state.languageModelState[i];
        }
        if (segmentations != null) {
            segmentations.append(state.segmentations);
        }
        return node;
    }

    private void grow() {
        int capacity = 2 * size;
        parent = Arrays.copyOf(parent, capacity);
        token = Arrays.copyOf(token, capacity);
        factor = Arrays.copyOf(factor, capacity);
        greatestFactor = Arrays.copyOf(greatestFactor, capacity);
        beamIndex = Arrays.copyOf(beamIndex, capacity);
        inWord = Arrays.copyOf(inWord, capacity);
        trieNode = Arrays.copyOf(trieNode, capacity);
        hotwordState = Arrays.copyOf(hotwordState, capacity);
        logWeight = Arrays.copyOf(logWeight, capacity);
        languageModelScore = Arrays.copyOf(languageModelScore, capacity);
        renumbered = Arrays.copyOf(renumbered, capacity);
        marks = Arrays.copyOf(marks, capacity);
        languageModelStates = Arrays.copyOf(languageModelStates, capacity * stateSize);
    }

    /** Returns whether it is time to {@link #compact}. */
    boolean isLarge() {
        return size > compactAbove;
    }

    /**
     * Drops all nodes but the given ones and those between them and the root, and renumbers these.
     *
     * @param root the node that all others descend from
     * @param nodes the nodes to keep; gets their new numbers
     * @return the new number of the root
     */
    int compact(int root, int[] nodes, int count) {
        retain(root, nodes, count);
        // Children that are dropped are often made anew, so the fewer nodes, the more are spared.
        int room = Math.min(8 * size, 2 * size + 4 * COMPACT_ABOVE);
        compactAbove = Math.max(COMPACT_ABOVE, room);
        return ROOT;
    }

    private void retain(int root, int[] nodes, int count) {
        Arrays.fill(renumbered, 0, size, ABSENT);
        renumbered[root] = ROOT;
        for (int i = 0; i < count; i++) {
            for (int node = nodes[i]; renumbered[node] == ABSENT; node = parent[node]) {
                renumbered[node] = ROOT;
            }
        }
        children.clear();
        if (segmentations != null) {
            segmentations.clear();
        }
        move(root, ROOT);
        parent[ROOT] = ABSENT;
        int kept = 1;
        for (int node = root + 1; node < size; node++) {
            if (renumbered[node] != ABSENT) {
                move(node, kept);
                renumbered[node] = kept;
                children.put(parent[kept], token[kept], kept);
                kept++;
            }
        }
        size = kept;
        for (int i = 0; i < count; i++) {
            nodes[i] = renumbered[nodes[i]];
        }
    }

    private void move(int from, int to) {
        parent[to] = parent[from] == ABSENT ? ABSENT : renumbered[parent[from]];
        token[to] = token[from];
        factor[to] = factor[from];
        greatestFactor[to] = greatestFactor[from];
        beamIndex[to] = beamIndex[from];
        inWord[to] = inWord[from];
        trieNode[to] = trieNode[from];
        hotwordState[to] = hotwordState[from];
        logWeight[to] = logWeight[from];
        languageModelScore[to] = languageModelScore[from];
        System.arraycopy(
                languageModelStates,
                from * stateSize,
                languageModelStates,
                to * stateSize,
                stateSize);
        if (segmentations != null) {
            segmentations.keep(from);
        }
    }
}
