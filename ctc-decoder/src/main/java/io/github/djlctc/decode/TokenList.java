package io.github.djlctc.decode;

/** Tokens of a frame to go on with, in an array that is filled again for each frame. */
final class TokenList {

    private final int[] tokens;
    private int size;

    TokenList(int capacity) {
        tokens = new int[capacity];
    }

    void clear() {
        size = 0;
    }

    void add(int token) {
        tokens[size++] = token;
    }

    int size() {
        return size;
    }

    int get(int index) {
        return tokens[index];
    }

    /**
     * Drops all but the most probable tokens; of equal ones, the first are kept.
     *
     * @param probabilities of each class
     * @param count how many to keep, at most the size
     * @param work as long as the list; its values are lost
     */
    void retainMostProbable(double[] probabilities, int count, double[] work) {
        for (int i = 0; i < size; i++) {
            work[i] = probabilities[tokens[i]];
        }
        double least = Selection.nthGreatest(work, size, count);
        int ties = count;
        for (int i = 0; i < size; i++) {
            ties -= probabilities[tokens[i]] > least ? 1 : 0;
        }
        int kept = 0;
        for (int i = 0; i < size; i++) {
            double probability = probabilities[tokens[i]];
            if (probability > least || (probability == least && ties-- > 0)) {
                tokens[kept++] = tokens[i];
            }
        }
        size = kept;
    }
}
