package io.github.djlctc.decode;

import io.github.djlctc.text.Alphabet;
import io.github.djlctc.text.Whitespace;

import java.util.Arrays;

/**
 * The probabilities of one frame, and the tokens worth going on with.
 *
 * <p>All tokens that separate words and do nothing else are taken for one, whose probability is
 * their sum. Tokens without text are never gone on with.
 */
final class FrameScores {

    static final int NO_SEPARATOR = -1;

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

    /** What {@link #findUnlikely} found, of which there are {@link #unlikelyCount}. */
    final int[] unlikely;

    int unlikelyCount;

    /** Whether each class is a candidate, while the others are looked for. */
    private final boolean[] isCandidate;

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
        isCandidate = new boolean[classes];
        logits = new float[classes];
        selected = new double[classes];
    }

    /** Returns the token that stands for all separators, or {@link #NO_SEPARATOR}. */
    int separator() {
        return separator;
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
        for (int i = 0; i < classes; i++) {
            double probability = probabilities[i] * scale;
            probabilities[i] = probability;
            if (isSeparator[i]) {
                separators += probability;
            } else if (probability >= least && isText[i]) {
                candidates[candidateCount++] = i;
            }
        }
        if (separator != NO_SEPARATOR) {
            probabilities[separator] = separators;
            if (separators >= least) {
                candidates[candidateCount++] = separator;
            }
        }
        if (candidateCount > topK) {
            keepLikeliest();
        }
        return true;
    }

    /**
     * Finds the tokens with text that are no candidates, if the likeliest class of the frame is a
     * token that adds to a word. A lexicon may permit only one of them there.
     *
     * @return the greatest probability of one of them, 0 if there is none
     */
    double findUnlikely() {
        unlikelyCount = 0;
        likeliest = indexOfLikeliest();
        if (!isWithinWord(likeliest)) {
            return 0;
        }
        Arrays.fill(isCandidate, false);
        for (int k = 0; k < candidateCount; k++) {
            isCandidate[candidates[k]] = true;
        }
        double greatest = 0;
        for (int i = 0; i < classes; i++) {
            if (!isCandidate[i] && (isWithinWord(i) || i == separator)) {
                unlikely[unlikelyCount++] = i;
                greatest = Math.max(greatest, probabilities[i]);
            }
        }
        return greatest;
    }

    private boolean isWithinWord(int token) {
        return isText[token] && !isSeparator[token];
    }

    /** Returns the likeliest class, after {@link #findUnlikely}. */
    int likeliest() {
        return likeliest;
    }

    private int indexOfLikeliest() {
        int best = blank;
        for (int i = 0; i < classes; i++) {
            best = probabilities[i] > probabilities[best] ? i : best;
        }
        return best;
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
            }
        }
        candidateCount = kept;
    }
}
