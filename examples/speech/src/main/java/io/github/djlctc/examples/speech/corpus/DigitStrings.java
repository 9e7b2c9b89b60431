package io.github.djlctc.examples.speech.corpus;

/**
 * How single digits are joined to strings.
 *
 * @param minDigits the digits of the shortest string, above 0
 * @param maxDigits the digits of the longest string
 * @param train how many training strings, above 0
 * @param validation how many validation strings, above 0
 * @param test how many test strings at least, 0 or more; more if it takes more to use each test
 *     recording
 */
public record DigitStrings(int minDigits, int maxDigits, int train, int validation, int test) {

    /**
     * Strings of 1 to 7 digits: 7,500 for training, 200 for validation, 300 or more for the test.
     */
    public static final DigitStrings DEFAULT = new DigitStrings(1, 7, 7500, 200, 300);

    /**
     * Checks the ranges.
     *
     * @param minDigits the digits of the shortest string, above 0
     * @param maxDigits the digits of the longest string
     * @param train how many training strings, above 0
     * @param validation how many validation strings, above 0
     * @param test how many test strings at least
     */
    public DigitStrings {
        if (minDigits < 1 || maxDigits < minDigits || maxDigits > 1000) {
            throw new IllegalArgumentException(
                    "strings of " + minDigits + " to " + maxDigits + " digits");
        }
        if (train < 1 || validation < 1 || test < 0) {
            throw new IllegalArgumentException(
                    train + " training, " + validation + " validation, " + test + " test strings");
        }
    }
}
