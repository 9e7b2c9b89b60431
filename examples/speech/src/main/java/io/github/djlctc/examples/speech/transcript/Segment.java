package io.github.djlctc.examples.speech.transcript;

import java.util.List;
import java.util.Objects;

/**
 * A stretch of speech between two pauses.
 *
 * @param start when it starts, in seconds from the start of the sound
 * @param end when it ends
 * @param text what was said
 * @param words its words, in order
 * @param score the score of the text, a natural logarithm; negative infinity, with an empty text,
 *     if no text that a lexicon permits fits what was heard
 * @param alternatives other texts, the next best first; empty unless they were asked for
 * @param tokens the tokens that its words are made of, in order, those between words among them;
 *     empty where nobody knows
 */
public record Segment(
        double start,
        double end,
        String text,
        List<TimedWord> words,
        double score,
        List<Alternative> alternatives,
        List<TimedToken> tokens) {

    /**
     * Copies the lists.
     *
     * @param start when it starts, 0 or more
     * @param end when it ends, {@code start} or more
     * @param text what was said
     * @param words its words, in order
     * @param score the score of the text
     * @param alternatives other texts
     * @param tokens its tokens
     */
    public Segment {
        Objects.requireNonNull(text, "text");
        if (!(start >= 0 && end >= start && end < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "the segment lasts from " + start + " to " + end + " s");
        }
        words = List.copyOf(words);
        alternatives = List.copyOf(alternatives);
        tokens = List.copyOf(tokens);
    }

    /**
     * Creates a segment whose tokens nobody knows.
     *
     * @param start when it starts, 0 or more
     * @param end when it ends, {@code start} or more
     * @param text what was said
     * @param words its words, in order
     * @param score the score of the text
     * @param alternatives other texts
     */
    public Segment(
            double start,
            double end,
            String text,
            List<TimedWord> words,
            double score,
            List<Alternative> alternatives) {
        this(start, end, text, words, score, alternatives, List.of());
    }

    /**
     * Another text of a segment.
     *
     * @param text the text
     * @param score its score, a natural logarithm
     */
    public record Alternative(String text, double score) {}
}
