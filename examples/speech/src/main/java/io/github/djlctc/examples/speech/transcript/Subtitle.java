package io.github.djlctc.examples.speech.transcript;

import java.util.List;
import java.util.Locale;

/**
 * What is shown at a time.
 *
 * @param startMillis when it appears, from the start of the sound
 * @param endMillis when it disappears, after {@code startMillis}
 * @param lines its one or two lines, words with a space between them
 */
record Subtitle(long startMillis, long endMillis, List<List<TimedWord>> lines) {

    /**
     * Writes when it is shown, such as {@code 00:00:00.300 --> 00:00:01.700}.
     *
     * @param decimal what stands before the milliseconds
     */
    String times(char decimal) {
        return time(startMillis, decimal) + " --> " + time(endMillis, decimal);
    }

    private static String time(long millis, char decimal) {
        return String.format(
                Locale.ROOT,
                "%02d:%02d:%02d%c%03d",
                millis / 3_600_000,
                millis / 60_000 % 60,
                millis / 1000 % 60,
                decimal,
                millis % 1000);
    }
}
