package io.github.djlctc.examples.speech.transcript;

import java.util.Locale;

/** The text of each segment on a line. */
final class TranscriptText {

    private TranscriptText() {}

    static String write(Transcription transcription) {
        StringBuilder lines = new StringBuilder();
        for (Segment segment : transcription.segments()) {
            lines.append(segment.text()).append('\n');
        }
        return lines.toString();
    }

    /** Writes each token on a line behind its segment: start, end, token. */
    static String writeWithTokens(Transcription transcription) {
        StringBuilder lines = new StringBuilder();
        for (Segment segment : transcription.segments()) {
            lines.append(segment.text()).append('\n');
            for (TimedToken token : segment.tokens()) {
                lines.append(
                                String.format(
                                        Locale.ROOT,
                                        "%10.2f %7.2f  %s",
                                        token.start(),
                                        token.end(),
                                        token.token()))
                        .append('\n');
            }
        }
        return lines.toString();
    }
}
