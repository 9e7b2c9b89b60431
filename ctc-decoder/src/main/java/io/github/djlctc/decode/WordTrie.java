package io.github.djlctc.decode;

import java.util.Arrays;

/**
 * Words as a tree of characters, in flat arrays.
 *
 * <p>Nodes are numbered breadth first, so that the children of a node stand side by side, in the
 * order of their characters. Node 0 is the root.
 */
final class WordTrie {

    static final int ROOT = 0;
    static final int NONE = -1;

    private final int[] firstChild;
    private final char[] characters;
    private final int[] words;

    private WordTrie(int[] firstChild, char[] characters, int[] words) {
        this.firstChild = firstChild;
        this.characters = characters;
        this.words = words;
    }

    /**
     * Builds the trie.
     *
     * @param sorted words without repetitions, in the order of {@link String#compareTo}
     */
    static WordTrie of(String[] sorted) {
        return new TrieBuilder(sorted).build();
    }

    int size() {
        return words.length;
    }

    /** Returns the node that a character leads to, or {@link #NONE}. */
    int child(int node, char character) {
        int from = firstChild[node];
        int to = firstChild[node + 1];
        int found = Arrays.binarySearch(characters, from, to, character);
        return found >= 0 ? found : NONE;
    }

    /** Returns the index of the word that ends at a node, or {@link #NONE}. */
    int word(int node) {
        return words[node];
    }

    /** Returns, for each node, the greatest value of a word at or below it. */
    double[] greatestBelow(double[] valuesOfWords) {
        double[] greatest = new double[size()];
        for (int node = size() - 1; node >= 0; node--) {
            greatest[node] =
                    words[node] == NONE ? Double.NEGATIVE_INFINITY : valuesOfWords[words[node]];
            for (int child = firstChild[node]; child < firstChild[node + 1]; child++) {
                greatest[node] = Math.max(greatest[node], greatest[child]);
            }
        }
        return greatest;
    }

    /** Cuts ranges of sorted words by their next characters, level by level. */
    private static final class TrieBuilder {

        private final String[] sorted;
        private int[] from = new int[16];
        private int[] to = new int[16];
        private int[] depth = new int[16];
        private int[] firstChild = new int[17];
        private char[] characters = new char[16];
        private int[] words = new int[16];
        private int size;

        TrieBuilder(String[] sorted) {
            this.sorted = sorted;
        }

        WordTrie build() {
            add((char) 0, 0, sorted.length, 0);
            for (int node = 0; node < size; node++) {
                firstChild[node] = size;
                addChildren(node);
            }
            firstChild[size] = size;
            return new WordTrie(
                    Arrays.copyOf(firstChild, size + 1),
                    Arrays.copyOf(characters, size),
                    Arrays.copyOf(words, size));
        }

        private void addChildren(int node) {
            int word = from[node];
            if (word < to[node] && sorted[word].length() == depth[node]) {
                words[node] = word++;
            }
            while (word < to[node]) {
                char character = sorted[word].charAt(depth[node]);
                int start = word;
                while (word < to[node] && sorted[word].charAt(depth[node]) == character) {
                    word++;
                }
                add(character, start, word, depth[node] + 1);
            }
        }

        private void add(char character, int first, int end, int length) {
            if (size == words.length) {
                int capacity = 2 * size;
                from = Arrays.copyOf(from, capacity);
                to = Arrays.copyOf(to, capacity);
                depth = Arrays.copyOf(depth, capacity);
                firstChild = Arrays.copyOf(firstChild, capacity + 1);
                characters = Arrays.copyOf(characters, capacity);
                words = Arrays.copyOf(words, capacity);
            }
            characters[size] = character;
            from[size] = first;
            to[size] = end;
            depth[size] = length;
            words[size] = NONE;
            size++;
        }
    }
}
