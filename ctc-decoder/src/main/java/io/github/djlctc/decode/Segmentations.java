package io.github.djlctc.decode;

import java.util.Arrays;

/**
 * The ways to divide a text into words, where nothing in it separates them: one for each place in
 * the trie that its last word can be at, and each state of the language model before that word. Of
 * ways that agree in both, which the rest of the text cannot tell apart, the best is kept.
 */
final class Segmentations {

    private static final int FIRST_CAPACITY = 4;

    private final int stateSize;

    /** The trie's node of the last word of each way. */
    private int[] trieNodes = new int[FIRST_CAPACITY];

    /** What each way weighs, look-ahead included, over {@link TextState#logWeight}. */
    private double[] weights = new double[FIRST_CAPACITY];

    /** What the language model gives to all words of each way but the last. */
    private double[] languageModelScores = new double[FIRST_CAPACITY];

    /** The language model's state before the last word, {@link #stateSize} entries for each way. */
    private int[] states;

    private int count;

    Segmentations(int stateSize) {
        this.stateSize = stateSize;
        states = new int[FIRST_CAPACITY * stateSize];
    }

    void clear() {
        count = 0;
    }

    int count() {
        return count;
    }

    int trieNode(int way) {
        return trieNodes[way];
    }

    double weight(int way) {
        return weights[way];
    }

    double languageModelScore(int way) {
        return languageModelScores[way];
    }

    int stateSize() {
        return stateSize;
    }

    /** Returns the array that holds the states, for the language model to read and to write. */
    int[] states() {
        return states;
    }

    /** Returns where in {@link #states} the state of a way begins. */
    int stateIndex(int way) {
        return way * stateSize;
    }

    /** Makes room for one way more, whose state is written before it is added. */
    void reserve() {
        if (count == trieNodes.length) {
            int capacity = 2 * count;
            trieNodes = Arrays.copyOf(trieNodes, capacity);
            weights = Arrays.copyOf(weights, capacity);
            languageModelScores = Arrays.copyOf(languageModelScores, capacity);
            states = Arrays.copyOf(states, capacity * stateSize);
        }
    }

    /** Adds the way whose state was written behind those of the others, unless one is better. */
    void add(int trieNode, double weight, double languageModelScore) {
        int way = indexOf(trieNode);
        if (way == count) {
            addNew(trieNode, weight, languageModelScore);
        } else if (weight > weights[way]) {
            weights[way] = weight;
            languageModelScores[way] = languageModelScore;
        }
    }

    /** Adds the way whose state was written behind those of the others, which differs from all. */
    void addNew(int trieNode, double weight, double languageModelScore) {
        trieNodes[count] = trieNode;
        weights[count] = weight;
        languageModelScores[count++] = languageModelScore;
    }

    private int indexOf(int trieNode) {
        int way = 0;
        while (way < count && !(trieNodes[way] == trieNode && hasReservedState(way))) {
            way++;
        }
        return way;
    }

    private boolean hasReservedState(int way) {
        int from = stateIndex(way);
        int reserved = stateIndex(count);
        return Arrays.equals(
                states, from, from + stateSize, states, reserved, reserved + stateSize);
    }

    /** Returns the way that weighs most. */
    int best() {
        int best = 0;
        for (int way = 1; way < count; way++) {
            best = weights[way] > weights[best] ? way : best;
        }
        return best;
    }

    /** Adds to the weight of every way. */
    void addToWeights(double change) {
        for (int way = 0; way < count; way++) {
            weights[way] += change;
        }
    }
}
