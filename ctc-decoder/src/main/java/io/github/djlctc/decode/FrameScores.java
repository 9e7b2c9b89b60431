package io.github.djlctc.decode;

import io.github.djlctc.text.Alphabet;
import io.github.djlctc.text.Whitespace;

/**
 * The probabilities of one frame, and the tokens worth going on with.
 *
 * <p>All tokens that separate words and do nothing else are taken for one, whose probability is
 * their sum. Tokens without text are never gone on with.
 */
final class FrameScores {

    static final int NO_SEPARATOR = -1;
    static final int NO_TOKEN = -1;

    /** Below this, the exponential function leaves the range of normal numbers. */
    private static final double NEGLIGIBLE = -700;

    /**
     * With a blank that may happen, however unlikely, a prefix that nothing goes on from survives.
     */
    private static final double LEAST_BLANK = 1e-200;

    private final int classes;
    private final int blank;
    private final int separator;
    private final boolean[] isSeparator;
    private final boolean[] isText;
    private final float[] biases;
    private final int topK;
    private final double minProbability;

    /** The probability of each class, the separators' sum at the first of them. */
    final double[] probabilities;

    /** The tokens to go on with, of which there are {@link #candidateCount}. */
    final int[] candidates;

    int candidateCount;

    /**
     * The other tokens with text, too unlikely to go on with, of which there are {@link
     * #unlikelyCount}.
     */
    final int[] unlikely;

    int unlikelyCount;

    private int likeliest;
    private final float[] logits;
    private final double[] selected;

    FrameScores(Alphabet alphabet, float[] biases, int topK, double minLogProbability) {
        this.biases = biases;
        classes = alphabet.size();
        blank = alphabet.blank();
        isSeparator = new boolean[classes];
        isText = new boolean[classes];
        int first = NO_SEPARATOR;
        for (int id = classes - 1; id >= 0; id--) {
            String text = alphabet.text(id);
            isText[id] = !text.isEmpty();
            isSeparator[id] = isText[id] && text.codePoints().allMatch(Whitespace::contains);
            first = isSeparator[id] ? id : first;
        }
        separator = first;
        this.topK = topK;
        minProbability = Math.exp(minLogProbability);
        probabilities = new double[classes];
        candidates = new int[classes];
        unlikely = new int[classes];
        logits = new float[classes];
        selected = new double[classes];
    }

    /** Returns the token that stands for all separators, or {@link #NO_SEPARATOR}. */
    int separator() {
        return separator;
    }

    /**
     * Returns the likeliest class if it is a token with text that does not separate words, or else
     * {@link #NO_TOKEN}.
     */
    int likeliest() {
        return likeliest;
    }

    double blankProbability() {
        return Math.max(probabilities[blank], LEAST_BLANK);
    }

    double separatorProbability() {
        return separator == NO_SEPARATOR ? 0 : probabilities[separator];
    }

    /**
     * Reads a frame.
     *
     * @param emissions logits or log probabilities, row by row
     * @param from the index of the frame's first value
     * @return false if no class is best, because of NaN or infinity
     */
    boolean read(float[] emissions, int from) {
        float max = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < classes; i++) {
            float logit = emissions[from + i] + biases[i];
            logits[i] = logit;
            max = Math.max(max, logit);
        }
        if (Float.isNaN(max) || Float.isInfinite(max)) {
            return false;
        }
        double sum = 0;
        for (int i = 0; i < classes; i++) {
            double relative = (double) logits[i] - max;
            double probability = relative > NEGLIGIBLE ? Math.exp(relative) : 0;
            probabilities[i] = probability;
            sum += probability;
        }
        double scale = 1 / sum;
        // The best class is always worth it.
        double least = Math.min(minProbability, scale);
        double separators = 0;
        candidateCount = 0;
        unlikelyCount = 0;
        likeliest = NO_TOKEN;
        for (int i = 0; i < classes; i++) {
            double probability = probabilities[i] * scale;
            probabilities[i] = probability;
            if (isSeparator[i]) {
                separators += probability;
            } else if (isText[i]) {
                add(i, probability >= least);
                likeliest = logits[i] == max ? i : likeliest;
            }
        }
        if (separator != NO_SEPARATOR) {
            probabilities[separator] = separators;
            add(separator, separators >= least);
        }
        if (candidateCount > topK) {
            keepLikeliest();
        }
        return true;
    }

    private void add(int token, boolean isLikely) {
        if (isLikely) {
            candidates[candidateCount++] = token;
        } else {
            unlikely[unlikelyCount++] = token;
        }
    }

    private void keepLikeliest() {
        for (int i = 0; i < candidateCount; i++) {
            selected[i] = probabilities[candidates[i]];
        }
        double least = Selection.nthGreatest(selected, candidateCount, topK);
        int ties = topK;
        for (int i = 0; i < candidateCount; i++) {
            ties -= probabilities[candidates[i]] > least ? 1 : 0;
        }
        int kept = 0;
        for (int i = 0; i < candidateCount; i++) {
            double probability = probabilities[candidates[i]];
            if (probability > least || (probability == least && ties-- > 0)) {
                candidates[kept++] = candidates[i];
            } else {
                unlikely[unlikelyCount++] = candidates[i];
            }
        }
        candidateCount = kept;
    }
}
