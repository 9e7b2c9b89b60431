package io.github.djlctc.lm.estimate;

/**
 * Thrown if the discounts of modified Kneser-Ney smoothing cannot be computed from a text, because
 * it is too small or not natural language. The message names the order, the counts and the remedy.
 */
public final class DiscountException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    DiscountException(int order, String problem, long[] countsOfCounts) {
        super(
                "no discounts for "
                        + order
                        + "-grams: "
                        + problem
                        + "; "
                        + countsOfCounts[1]
                        + " occur once, "
                        + countsOfCounts[2]
                        + " twice, "
                        + countsOfCounts[3]
                        + " three times, "
                        + countsOfCounts[4]
                        + " four times, as Kneser-Ney counts; use more text, remove lines"
                        + " that occur again, or set fallback discounts");
    }
}
