package io.github.djlctc.lm.estimate;

/** Two floats in a long of a record. */
final class FloatPair {

    private FloatPair() {}

    static long of(float first, float second) {
        return (long) Float.floatToRawIntBits(first) << Integer.SIZE
                | (Float.floatToRawIntBits(second) & 0xFFFFFFFFL);
    }

    static float first(long pair) {
        return Float.intBitsToFloat((int) (pair >>> Integer.SIZE));
    }

    static float second(long pair) {
        return Float.intBitsToFloat((int) pair);
    }
}
