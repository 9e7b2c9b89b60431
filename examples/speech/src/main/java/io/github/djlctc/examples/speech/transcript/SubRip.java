package io.github.djlctc.examples.speech.transcript;

import java.util.List;
import java.util.stream.Collectors;

/** SubRip subtitles (SRT): numbered, with times in milliseconds, and an empty line after each. */
final class SubRip {

    private SubRip() {}

    static String write(Transcription transcription) {
        StringBuilder file = new StringBuilder();
        int number = 1;
        for (Subtitle subtitle : SubtitleLayout.of(transcription)) {
            file.append(number++).append('\n').append(subtitle.times(',')).append('\n');
            subtitle.lines().forEach(line -> file.append(text(line)).append('\n'));
            file.append('\n');
        }
        return file.toString();
    }

    /** The format has no escape for the arrow that stands between times. */
    private static String text(List<TimedWord> line) {
        return line.stream()
                .map(TimedWord::word)
                .collect(Collectors.joining(" "))
                .replaceAll("--+>", "->");
    }
}
