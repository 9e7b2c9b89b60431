package io.github.djlctc.audit;

/**
 * A 64-bit hash of a sequence of numbers.
 *
 * <p>Among n different sequences, two have the same with a probability of about n² / 2⁶⁵: 3e-8 for
 * a million.
 */
final class Fingerprint {

    private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

    private long value = MULTIPLIER;

    static long of(String text) {
        Fingerprint fingerprint = new Fingerprint();
        for (int i = 0; i < text.length(); i++) {
            fingerprint.add(text.charAt(i));
        }
        return fingerprint.value;
    }

    static long of(float[] numbers) {
        Fingerprint fingerprint = new Fingerprint();
        for (float number : numbers) {
            fingerprint.add(Float.floatToIntBits(number));
        }
        return fingerprint.value;
    }

    static long of(long[] numbers) {
        Fingerprint fingerprint = new Fingerprint();
        for (long number : numbers) {
            fingerprint.add(number);
        }
        return fingerprint.value;
    }

    static long of(long first, long second) {
        return of(new long[] {first, second});
    }

    private void add(long number) {
        value = (value ^ number) * MULTIPLIER;
        value ^= value >>> 32;
    }
}
