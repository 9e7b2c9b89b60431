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
    private final int topK;
    private final double minProbability;

    /** Whether each class is a token that separates words and does nothing else. */
    private final boolean[] isSeparator;

    /** Whether each class is a token with text. */
    private final boolean[] isText;

    /** What is added to the logit of each class. */
    private final float[] biases;

    /** The logit of each class, with its bias. */
    private final float[] logits;

    /** The probability of each class, the separators' sum at the first of them. */
    private final double[] probabilities;

    private final TokenList candidates;
    private final TokenList unlikely;

    /** Whether each class is a candidate, while the others are looked for. */
    private final boolean[] isCandidate;

    private int likeliest;

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
        candidates = new TokenList(classes);
        unlikely = new TokenList(classes);
        isCandidate = new boolean[classes];
        logits = new float[classes];
    }

    /** Returns the token that stands for all separators, or {@link #NO_SEPARATOR}. */
    int separator() {
        return separator;
    }

    /** Returns the tokens that the frame makes likely enough to go on with. */
    TokenList candidates() {
        return candidates;
    }

    /** Returns what {@link #findUnlikely} found. */
    TokenList unlikely() {
        return unlikely;
    }

    /** Returns the probability of a token; for the separator, that of all separators. */
    double probability(int token) {
        return probabilities[token];
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
        float max = addBiases(emissions, from);
        if (!Float.isFinite(max)) {
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
        candidates.clear();
        for (int i = 0; i < classes; i++) {
            double probability = probabilities[i] * scale;
            probabilities[i] = probability;
            if (isSeparator[i]) {
                separators += probability;
            } else if (probability >= least && isText[i]) {
                candidates.add(i, probability);
            }
        }
        if (separator != NO_SEPARATOR) {
            probabilities[separator] = separators;
            if (separators >= least) {
                candidates.add(separator, separators);
            }
        }
        if (candidates.size() > topK) {
            candidates.retainMostProbable(topK);
        }
        return true;
    }

    /** Returns what {@link #read} would return; the frame that was read is lost. */
    boolean hasBestClass(float[] emissions, int from) {
        return Float.isFinite(addBiases(emissions, from));
    }

    /** Returns the greatest logit; NaN if one of them is NaN. */
    private float addBiases(float[] emissions, int from) {
        float max = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < classes; i++) {
            float logit = emissions[from + i] + biases[i];
            logits[i] = logit;
            max = Math.max(max, logit);
        }
        return max;
    }

    /**
     * Finds the tokens with text that are no candidates, if the likeliest class of the frame is a
     * token that adds to a word. A lexicon may permit only one of them there.
     *
     * @return the greatest probability of one of them, 0 if there is none
     */
    double findUnlikely() {
        unlikely.clear();
        likeliest = indexOfLikeliest();
        if (!isWithinWord(likeliest)) {
            return 0;
        }
        Arrays.fill(isCandidate, false);
        for (int k = 0; k < candidates.size(); k++) {
            isCandidate[candidates.token(k)] = true;
        }
        double greatest = 0;
        for (int i = 0; i < classes; i++) {
            if (!isCandidate[i] && (isWithinWord(i) || i == separator)) {
                unlikely.add(i, probabilities[i]);
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
}
