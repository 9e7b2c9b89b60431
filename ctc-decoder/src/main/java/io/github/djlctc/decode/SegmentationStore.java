package io.github.djlctc.decode;

import java.util.Arrays;

/** The {@link Segmentations} of the nodes of a {@link PrefixTree}, in flat arrays. */
final class SegmentationStore {

    private static final int FIRST_CAPACITY = 1024;

    private final int stateSize;

    /** The first entry of each node, and behind the last node the number of entries. */
    private int[] first = new int[FIRST_CAPACITY];

    // The fields of each entry, as Segmentations has them; states has stateSize values for each.
    private int[] trieNodes = new int[FIRST_CAPACITY];
    private double[] weights = new double[FIRST_CAPACITY];
    private double[] languageModelScores = new double[FIRST_CAPACITY];
    private int[] states;

    private int nodes;

    SegmentationStore(int stateSize) {
        this.stateSize = stateSize;
        states = new int[FIRST_CAPACITY * stateSize];
    }

    /** Forgets the segmentations of all nodes. */
    void clear() {
        nodes = 0;
    }

    /** Copies the segmentations of the next node. */
    void append(Segmentations segmentations) {
        int entry = first[nodes];
        int end = entry + segmentations.count();
        ensureCapacity(end);
        for (int way = 0; entry < end; way++, entry++) {
            trieNodes[entry] = segmentations.trieNode(way);
            weights[entry] = segmentations.weight(way);
            languageModelScores[entry] = segmentations.languageModelScore(way);
            System.arraycopy(
                    segmentations.states(),
                    segmentations.stateIndex(way),
                    states,
                    entry * stateSize,
                    stateSize);
        }
        first[++nodes] = end;
    }

    private void ensureCapacity(int entries) {
        if (nodes + 1 == first.length) {
            first = Arrays.copyOf(first, 2 * first.length);
        }
        if (entries > trieNodes.length) {
            int capacity = Math.max(entries, 2 * trieNodes.length);
            trieNodes = Arrays.copyOf(trieNodes, capacity);
            weights = Arrays.copyOf(weights, capacity);
            languageModelScores = Arrays.copyOf(languageModelScores, capacity);
            states = Arrays.copyOf(states, capacity * stateSize);
        }
    }

    /** Copies the segmentations of a node to a cursor. */
    void load(int node, Segmentations segmentations) {
        segmentations.clear();
        for (int entry = first[node]; entry < first[node + 1]; entry++) {
            segmentations.reserve();
            System.arraycopy(
                    states,
                    entry * stateSize,
                    segmentations.states(),
                    segmentations.stateIndex(segmentations.count()),
                    stateSize);
            segmentations.addNew(trieNodes[entry], weights[entry], languageModelScores[entry]);
        }
    }

    /** Makes a node the next one, after {@link #clear}; nodes come in their order. */
    void keep(int node) {
        int from = first[node];
        int count = first[node + 1] - from;
        int to = first[nodes];
        System.arraycopy(trieNodes, from, trieNodes, to, count);
        System.arraycopy(weights, from, weights, to, count);
        System.arraycopy(languageModelScores, from, languageModelScores, to, count);
        System.arraycopy(states, from * stateSize, states, to * stateSize, count * stateSize);
        first[++nodes] = to + count;
    }
}
