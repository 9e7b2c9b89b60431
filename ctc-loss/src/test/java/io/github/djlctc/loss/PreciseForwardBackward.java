package io.github.djlctc.loss;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;

/**
 * The loss of a sample by the forward and backward variables as Graves et al. (2006, section 4.1)
 * define them, in plain probabilities of 50 digits: nothing is lost, scaled or taken in logarithms.
 */
final class PreciseForwardBackward {

    private static final MathContext DIGITS = new MathContext(50);

    private final long[] states;
    private final long blank;
    private final BigDecimal[][] probabilities;
    private final BigDecimal[][] forward;
    private final BigDecimal[][] backward;
    private final BigDecimal total;
    private final int frames;
    private final int paddedFrames;

    private PreciseForwardBackward(double[][] logits, int frames, long[] target, long blank) {
        this.frames = frames;
        this.blank = blank;
        paddedFrames = logits.length;
        states = new long[2 * target.length + 1];
        Arrays.setAll(states, s -> s % 2 == 0 ? blank : target[s / 2]);
        probabilities =
                Arrays.stream(logits, 0, frames)
                        .map(PreciseForwardBackward::softmax)
                        .toArray(BigDecimal[][]::new);
        forward = computeForward();
        backward = computeBackward();
        total = forwardTotal();
    }

    static PreciseForwardBackward of(double[][] logits, int frames, long[] target, long blank) {
        return new PreciseForwardBackward(logits, frames, target, blank);
    }

    boolean isFeasible() {
        return total.signum() > 0;
    }

    double loss() {
        return isFeasible() ? -BigLogarithm.of(total).doubleValue() : Double.POSITIVE_INFINITY;
    }

    /** Returns weight * d loss / d logits (equation 16), 0 beyond the frames or if infeasible. */
    double[][] gradient(double weight) {
        int classes = probabilities[0].length;
        double[][] gradient = new double[paddedFrames][classes];
        for (int t = 0; t < frames && isFeasible(); t++) {
            for (int c = 0; c < classes; c++) {
                BigDecimal occupancy = occupancy(t, c).divide(total, DIGITS);
                gradient[t][c] =
                        probabilities[t][c]
                                .subtract(occupancy, DIGITS)
                                .multiply(new BigDecimal(weight), DIGITS)
                                .doubleValue();
            }
        }
        return gradient;
    }

    /** Both variables count the frame itself (equations 6 and 9), so that it is divided by. */
    private BigDecimal occupancy(int t, int c) {
        BigDecimal sum = BigDecimal.ZERO;
        for (int s = 0; s < states.length; s++) {
            if (states[s] == c) {
                sum = sum.add(forward[t][s].multiply(backward[t][s], DIGITS), DIGITS);
            }
        }
        return sum.divide(probabilities[t][c], DIGITS);
    }

    private BigDecimal[][] computeForward() {
        BigDecimal[][] alpha = zeros();
        for (int t = 0; t < frames; t++) {
            for (int s = 0; s < states.length; s++) {
                BigDecimal before = BigDecimal.ZERO;
                for (int from = Math.max(0, s - 2); from <= s; from++) {
                    if (t > 0 && connected(from, s)) {
                        before = before.add(alpha[t - 1][from], DIGITS);
                    }
                }
                BigDecimal reached = t > 0 ? before : s < 2 ? BigDecimal.ONE : BigDecimal.ZERO;
                alpha[t][s] = reached.multiply(probability(t, s), DIGITS);
            }
        }
        return alpha;
    }

    private BigDecimal[][] computeBackward() {
        BigDecimal[][] beta = zeros();
        int last = states.length - 1;
        for (int t = frames - 1; t >= 0; t--) {
            for (int s = 0; s <= last; s++) {
                BigDecimal after = BigDecimal.ZERO;
                for (int to = s; to <= Math.min(last, s + 2); to++) {
                    if (t < frames - 1 && connected(s, to)) {
                        after = after.add(beta[t + 1][to], DIGITS);
                    }
                }
                BigDecimal left =
                        t < frames - 1 ? after : s >= last - 1 ? BigDecimal.ONE : BigDecimal.ZERO;
                beta[t][s] = left.multiply(probability(t, s), DIGITS);
            }
        }
        return beta;
    }

    /** A path stays, goes on, or passes over a blank between two different labels. */
    private boolean connected(int from, int to) {
        return to - from < 2 || (states[to] != blank && states[to] != states[from]);
    }

    private BigDecimal forwardTotal() {
        BigDecimal[] end = forward[frames - 1];
        int last = states.length - 1;
        return last == 0 ? end[0] : end[last].add(end[last - 1], DIGITS);
    }

    private BigDecimal probability(int t, int s) {
        return probabilities[t][(int) states[s]];
    }

    private BigDecimal[][] zeros() {
        BigDecimal[][] zeros = new BigDecimal[frames][states.length];
        for (BigDecimal[] row : zeros) {
            Arrays.fill(row, BigDecimal.ZERO);
        }
        return zeros;
    }

    private static BigDecimal[] softmax(double[] logits) {
        BigDecimal largest = new BigDecimal(Arrays.stream(logits).max().orElseThrow());
        BigDecimal[] exponentials =
                Arrays.stream(logits)
                        .mapToObj(x -> BigLogarithm.exp(new BigDecimal(x).subtract(largest)))
                        .toArray(BigDecimal[]::new);
        BigDecimal sum = Arrays.stream(exponentials).reduce(BigDecimal.ZERO, BigDecimal::add);
        return Arrays.stream(exponentials)
                .map(x -> x.divide(sum, DIGITS))
                .toArray(BigDecimal[]::new);
    }
}
