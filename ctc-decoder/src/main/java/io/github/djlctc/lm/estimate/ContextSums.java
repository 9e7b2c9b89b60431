package io.github.djlctc.lm.estimate;

/** Sums over the words that follow a context. */
final class ContextSums {

    private long total;
    private long ones;
    private long twos;
    private long threesOrMore;
    private long pruned;

    void clear() {
        total = 0;
        ones = 0;
        twos = 0;
        threesOrMore = 0;
        pruned = 0;
    }

    void add(long adjusted, boolean kept) {
        total += adjusted;
        if (!kept) {
            pruned += adjusted;
        } else if (adjusted > 2) {
            threesOrMore++;
        } else if (adjusted == 2) {
            twos++;
        } else if (adjusted == 1) {
            ones++;
        }
    }

    /** Returns the discounted part of a following word's probability. */
    float probability(long adjusted, Discounts discounts) {
        return discounts.apply(adjusted) / total;
    }

    /** Returns the context's back-off weight; 1 if nothing follows it. */
    float backoff(Discounts discounts) {
        if (total == 0) {
            return 1;
        }
        float mass = discounts.one() * ones;
        mass += discounts.two() * twos;
        mass += discounts.threeOrMore() * threesOrMore;
        mass += pruned;
        return mass / total;
    }
}
