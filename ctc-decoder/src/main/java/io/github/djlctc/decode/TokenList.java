package io.github.djlctc.decode;

/** Tokens of a frame to go on with, in arrays that are filled again for each frame. */
final class TokenList {

    private final int[] tokens;
    private final double[] probabilities;

    /** The probabilities, reordered while the least that stays is looked for. */
    private final double[] ranked;

    private int size;

    TokenList(int capacity) {
        tokens = new int[capacity];
        probabilities = new double[capacity];
        ranked = new double[capacity];
    }

    void clear() {
        size = 0;
    }

    void add(int token, double probability) {
        tokens[size] = token;
        probabilities[size++] = probability;
    }

    int size() {
        return size;
    }

    int token(int index) {
        return tokens[index];
    }

    double probability(int index) {
        return probabilities[index];
    }

    /** Drops all but the most probable tokens; of equal ones, the first are kept. */
    void retainMostProbable(int count) {
        System.arraycopy(probabilities, 0, ranked, 0, size);
        double least = Selection.nthGreatest(ranked, size, count);
        int ties = count;
        for (int i = 0; i < size; i++) {
            ties -= probabilities[i] > least ? 1 : 0;
        }
        int kept = 0;
        for (int i = 0; i < size; i++) {
            double probability = probabilities[i];
            if (probability > least || (probability == least && ties-- > 0)) {
                tokens[kept] = tokens[i];
                probabilities[kept++] = probability;
            }
        }
        size = kept;
    }
}
