package io.github.djlctc.examples.speech.transcript;

import java.util.List;

/**
 * WebVTT subtitles, in which uncertain words have the classes {@code low} (confidence below 0.5)
 * and {@code medium} (below 0.8), and a style that shows them.
 *
 * <p>As <a href="https://www.w3.org/TR/webvtt1/">WebVTT: The Web Video Text Tracks Format</a>
 * defines it.
 */
final class WebVtt {

    private static final double LOW = 0.5;
    private static final double MEDIUM = 0.8;

    private static final String HEADER =
            """
            WEBVTT

            STYLE
            ::cue(.low) {
              color: #ff9d8c;
              font-style: italic;
            }
            ::cue(.medium) {
              color: #ffe08a;
            }

            """;

    private WebVtt() {}

    static String write(Transcription transcription) {
        StringBuilder file = new StringBuilder(HEADER);
        for (Subtitle subtitle : SubtitleLayout.of(transcription)) {
            file.append(subtitle.times('.')).append('\n');
            for (List<TimedWord> line : subtitle.lines()) {
                appendLine(file, line);
            }
            file.append('\n');
        }
        return file.toString();
    }

    private static void appendLine(StringBuilder file, List<TimedWord> line) {
        String open = "";
        for (int i = 0; i < line.size(); i++) {
            String style = style(line.get(i).confidence());
            if (!style.equals(open)) {
                file.append(open.isEmpty() ? "" : "</c>");
            }
            file.append(i == 0 ? "" : " ");
            if (!style.equals(open)) {
                file.append(style.isEmpty() ? "" : "<c." + style + ">");
            }
            file.append(escape(line.get(i).word()));
            open = style;
        }
        file.append(open.isEmpty() ? "\n" : "</c>\n");
    }

    private static String style(double confidence) {
        if (confidence < LOW) {
            return "low";
        }
        return confidence < MEDIUM ? "medium" : "";
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
