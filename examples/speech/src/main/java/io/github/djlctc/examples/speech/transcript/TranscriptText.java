package io.github.djlctc.examples.speech.transcript;

import java.util.Locale;

/** Transcriptions as plain text: each segment on a line. */
public final class TranscriptText {

    private TranscriptText() {}

    static String write(Transcription transcription) {
        StringBuilder lines = new StringBuilder();
        transcription.segments().forEach(segment -> append(lines, segment));
        return lines.toString();
    }

    static String writeWithTokens(Transcription transcription) {
        StringBuilder lines = new StringBuilder();
        for (Segment segment : transcription.segments()) {
            append(lines, segment);
            lines.append(tokenLines(segment));
        }
        return lines.toString();
    }

    private static void append(StringBuilder lines, Segment segment) {
        if (!segment.text().isEmpty()) {
            lines.append(segment.text()).append('\n');
        }
    }

    /**
     * Writes each token on a line: when it starts and ends, in seconds, and the token.
     *
     * @param segment a segment
     * @return the lines, each ended by a line feed
     */
    public static String tokenLines(Segment segment) {
        StringBuilder lines = new StringBuilder();
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
        return lines.toString();
    }
}
