package io.github.djlctc.lm.estimate;

/** An adjusted count and whether the n-gram is kept, in a long of a record. */
final class CountPayload {

    private CountPayload() {}

    static long of(long adjusted, boolean kept) {
        return adjusted << 1 | (kept ? 1 : 0);
    }

    static long adjusted(long payload) {
        return payload >>> 1;
    }

    static boolean isKept(long payload) {
        return (payload & 1) == 1;
    }
}
