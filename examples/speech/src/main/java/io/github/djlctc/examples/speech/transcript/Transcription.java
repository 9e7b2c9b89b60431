package io.github.djlctc.examples.speech.transcript;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What was said in a sound.
 *
 * @param seconds how long the sound is
 * @param segments its stretches of speech, in order, which do not overlap
 */
public record Transcription(double seconds, List<Segment> segments) {

    /**
     * Copies the list.
     *
     * @param seconds how long the sound is, 0 or more
     * @param segments its stretches of speech
     */
    public Transcription {
        segments = List.copyOf(segments);
    }

    /**
     * Returns the whole text.
     *
     * @return the texts of the segments with a space between them; empty if nothing was said
     */
    public String text() {
        return segments.stream()
                .map(Segment::text)
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining(" "));
    }

    /**
     * Returns all words.
     *
     * @return the words of the segments, in order
     */
    public List<TimedWord> words() {
        return segments.stream().flatMap(segment -> segment.words().stream()).toList();
    }
}
