package io.github.djlctc.lm.estimate;

import java.io.Serializable;

/**
 * The discounts that modified Kneser-Ney smoothing subtracts from the counts of n-grams.
 *
 * @param one taken off a count of 1, from 0 to 1
 * @param two taken off a count of 2, from 0 to 2
 * @param threeOrMore taken off higher counts, from 0 to 3
 * @serial exclude
 */
public record Discounts(float one, float two, float threeOrMore) implements Serializable {

    /** 0.5, 1 and 1.5: KenLM's fallback where discounts cannot be computed from the text. */
    public static final Discounts FALLBACK = new Discounts(0.5f, 1, 1.5f);

    /**
     * Creates discounts.
     *
     * @param one taken off a count of 1, from 0 to 1
     * @param two taken off a count of 2, from 0 to 2
     * @param threeOrMore taken off higher counts, from 0 to 3
     * @throws IllegalArgumentException if a discount is out of range
     */
    public Discounts {
        check(one, 1);
        check(two, 2);
        check(threeOrMore, 3);
    }

    /**
     * Estimates the discounts in closed form, \( D_k = k - (k + 1) \frac{n_1}{n_1 + 2 n_2}
     * \frac{n_{k+1}}{n_k} \) (Chen and Goodman 1999, equation 26).
     *
     * @param countsOfCounts at k, the number of n-grams with the adjusted count k, up to 4
     * @throws DiscountException if there are none with 1, 2 or 3, or a discount is out of range
     */
    static Discounts estimate(int order, long[] countsOfCounts) {
        for (int k = 1; k <= 3; k++) {
            if (countsOfCounts[k] == 0) {
                throw new DiscountException(order, "none has the count " + k, countsOfCounts);
            }
        }
        // Single precision and this order of operations give the results of lmplz.
        float y = (float) countsOfCounts[1] / (float) (countsOfCounts[1] + 2.0 * countsOfCounts[2]);
        float[] discounts = new float[4];
        for (int k = 1; k <= 3; k++) {
            discounts[k] = k - (k + 1) * y * countsOfCounts[k + 1] / countsOfCounts[k];
            if (discounts[k] < 0) {
                throw new DiscountException(
                        order,
                        "that of the count " + k + " would be " + discounts[k] + ", below 0",
                        countsOfCounts);
            }
        }
        return new Discounts(discounts[1], discounts[2], discounts[3]);
    }

    /** Subtracts the discount from a count. */
    float apply(long count) {
        if (count > 2) {
            return count - threeOrMore;
        }
        return switch ((int) count) {
            case 0 -> 0;
            case 1 -> 1 - one;
            default -> 2 - two;
        };
    }

    private static void check(float discount, int count) {
        if (!(discount >= 0 && discount <= count)) {
            throw new IllegalArgumentException(
                    "the discount of the count "
                            + count
                            + " is "
                            + discount
                            + ", but must be from 0 to "
                            + count);
        }
    }
}
