package io.github.djlctc.examples.speech.transcript;

import java.util.Locale;

/**
 * Time-marked words (CTM) of NIST's scoring toolkit: a line of file, channel, start, duration, word
 * and confidence for each.
 */
final class Ctm {

    private Ctm() {}

    static String write(Transcription transcription, String name) {
        String file = field(name);
        StringBuilder lines = new StringBuilder();
        for (TimedWord word : transcription.words()) {
            lines.append(
                            String.format(
                                    Locale.ROOT,
                                    "%s 1 %.3f %.3f %s %.4f",
                                    file,
                                    word.start(),
                                    word.end() - word.start(),
                                    field(word.word()),
                                    word.confidence()))
                    .append('\n');
        }
        return lines.toString();
    }

    /** Fields end at spaces, and lines that start with two semicolons are comments. */
    private static String field(String text) {
        String field = text.replaceAll("[\\s\\p{Cc}]+", "_");
        return field.isEmpty() || field.startsWith(";;") ? "_" + field : field;
    }
}
