package io.github.djlctc.examples.speech.corpus.synthetic;

import io.github.djlctc.examples.speech.audio.Waveform;

import java.util.List;

/**
 * Speech of which it is known when its words end.
 *
 * @param text the words, with single spaces between them
 * @param sound the speech
 * @param wordEnds when each word ends, in seconds from the beginning of the sound
 */
public record TimedSpeech(String text, Waveform sound, List<Double> wordEnds) {

    /**
     * Checks that there is an end of each word.
     *
     * @param text the words, with single spaces between them
     * @param sound the speech
     * @param wordEnds when each word ends, in seconds from the beginning of the sound
     */
    public TimedSpeech {
        wordEnds = List.copyOf(wordEnds);
        if (text.split(" ", -1).length != wordEnds.size()) {
            throw new IllegalArgumentException(
                    "'" + text + "' has other words than the " + wordEnds.size() + " with times");
        }
    }
}
