package io.github.djlctc.examples.speech.transcript;

import io.github.djlctc.examples.common.report.TextGrid;
import io.github.djlctc.examples.common.report.TextGrid.Interval;

/** A Praat TextGrid with a tier of words and one of segments. */
final class PraatTiers {

    /** Praat has no TextGrid without length. */
    private static final double LEAST_SECONDS = 0.001;

    private PraatTiers() {}

    static String write(Transcription transcription) {
        return new TextGrid(Math.max(LEAST_SECONDS, transcription.seconds()))
                .tier(
                        "words",
                        transcription.words().stream()
                                .map(w -> new Interval(w.start(), w.end(), w.word()))
                                .toList())
                .tier(
                        "segments",
                        transcription.segments().stream()
                                .map(s -> new Interval(s.start(), s.end(), s.text()))
                                .toList())
                .toString();
    }
}
