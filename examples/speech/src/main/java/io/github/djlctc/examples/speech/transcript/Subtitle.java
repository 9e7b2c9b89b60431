package io.github.djlctc.examples.speech.transcript;

import java.util.List;

/**
 * What is shown at a time.
 *
 * @param startMillis when it appears, from the start of the sound
 * @param endMillis when it disappears, after {@code startMillis}
 * @param lines its one or two lines, words with a space between them
 */
record Subtitle(long startMillis, long endMillis, List<List<TimedWord>> lines) {}
