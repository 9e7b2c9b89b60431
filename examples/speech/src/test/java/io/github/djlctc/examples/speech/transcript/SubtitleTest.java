package io.github.djlctc.examples.speech.transcript;

import io.github.djlctc.examples.common.console.DisplayWidth;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** Subtitles, read back from the files that they are written to. */
class SubtitleTest {

    private record Spoken(String word, double gap, double length, double confidence) {}

    @Provide
    Arbitrary<Transcription> transcriptions() {
        Arbitrary<String> word =
                Arbitraries.oneOf(
                        Arbitraries.strings()
                                .withCharRange('a', 'z')
                                .ofMinLength(1)
                                .ofMaxLength(12),
                        Arbitraries.strings()
                                .withChars("<>&-'\u00e9\u0301")
                                .ofMinLength(1)
                                .ofMaxLength(6),
                        Arbitraries.strings()
                                .withCharRange('\u4e00', '\u4e20')
                                .ofMinLength(1)
                                .ofMaxLength(70),
                        Arbitraries.strings()
                                .withCharRange('A', 'Z')
                                .ofMinLength(40)
                                .ofMaxLength(100));
        Arbitrary<Double> gap =
                Arbitraries.frequencyOf(
                        net.jqwik.api.Tuple.of(8, Arbitraries.doubles().between(0, 0.3)),
                        net.jqwik.api.Tuple.of(1, Arbitraries.doubles().between(0, 4)));
        Arbitrary<Spoken> spoken =
                Combinators.combine(
                                word,
                                gap,
                                Arbitraries.doubles().between(0, 1.5),
                                Arbitraries.doubles().between(0, 1))
                        .as(Spoken::new);
        return spoken.list().ofMaxSize(60).map(SubtitleTest::transcription);
    }

    private static Transcription transcription(List<Spoken> all) {
        List<TimedWord> words = new ArrayList<>();
        double time = 0;
        for (Spoken spoken : all) {
            double start = time + spoken.gap();
            time = start + spoken.length();
            words.add(new TimedWord(spoken.word(), start, time, spoken.confidence()));
        }
        return of(words, time);
    }

    private static Transcription of(List<TimedWord> words, double seconds) {
        if (words.isEmpty()) {
            return new Transcription(seconds, List.of());
        }
        String text = words.stream().map(TimedWord::word).collect(Collectors.joining(" "));
        double end = words.get(words.size() - 1).end();
        return new Transcription(
                Math.max(seconds, end),
                List.of(new Segment(words.get(0).start(), end, text, words, -1, List.of())));
    }

    @Property(tries = 100, seed = "1")
    void fitTheScreenAndNeverOverlap(@ForAll("transcriptions") Transcription transcription) {
        List<Cue> cues = SubtitleParser.srt(TranscriptFormat.SRT.write(transcription, "a"));

        long before = 0;
        for (Cue cue : cues) {
            assertThat(cue.startMillis()).isGreaterThanOrEqualTo(before);
            assertThat(cue.endMillis()).isGreaterThan(cue.startMillis());
            assertThat(cue.lines()).hasSizeBetween(1, 2);
            assertThat(cue.lines())
                    .allSatisfy(line -> assertThat(DisplayWidth.of(line)).isBetween(0, 42));
            before = cue.endMillis();
        }
    }

    @Property(tries = 100, seed = "1")
    void holdAllWordsInOrder(@ForAll("transcriptions") Transcription transcription) {
        String spoken = withoutSpaces(transcription.text().replaceAll("--+>", "->"));

        assertThat(
                        withoutSpaces(
                                text(
                                        SubtitleParser.srt(
                                                TranscriptFormat.SRT.write(transcription, "a")))))
                .isEqualTo(spoken);
    }

    @Property(tries = 100, seed = "1")
    void areTheSameInWebVtt(@ForAll("transcriptions") Transcription transcription) {
        List<Cue> srt = SubtitleParser.srt(TranscriptFormat.SRT.write(transcription, "a"));
        List<Cue> vtt = SubtitleParser.vtt(TranscriptFormat.VTT.write(transcription, "a"));

        assertThat(vtt).hasSameSizeAs(srt);
        for (int i = 0; i < vtt.size(); i++) {
            assertThat(vtt.get(i).startMillis()).isEqualTo(srt.get(i).startMillis());
            assertThat(vtt.get(i).endMillis()).isEqualTo(srt.get(i).endMillis());
        }
        assertThat(withoutSpaces(text(vtt))).isEqualTo(withoutSpaces(transcription.text()));
    }

    @Property(tries = 100, seed = "1")
    void stayForASecondOrUntilTheNext(@ForAll("transcriptions") Transcription transcription) {
        List<Cue> cues = SubtitleParser.srt(TranscriptFormat.SRT.write(transcription, "a"));
        long end = Math.round(transcription.seconds() * 1000);

        for (int i = 0; i < cues.size(); i++) {
            long next = i + 1 < cues.size() ? cues.get(i + 1).startMillis() : end;
            long shown = cues.get(i).endMillis() - cues.get(i).startMillis();
            assertThat(shown >= 1000 || cues.get(i).endMillis() >= Math.min(next, end)).isTrue();
        }
    }

    @Test
    void breakAtPauses() {
        List<TimedWord> words =
                List.of(word("turn", 0, 0.4), word("left", 0.5, 0.9), word("stop", 1.6, 2));

        assertThat(SubtitleParser.srt(TranscriptFormat.SRT.write(of(words, 3), "a")))
                .containsExactly(
                        new Cue(0, 1000, List.of("turn left")),
                        new Cue(1600, 2600, List.of("stop")));
    }

    @Test
    void breakAtShortPausesBetweenSegments() {
        Transcription transcription =
                new Transcription(
                        3,
                        List.of(
                                segment(word("turn", 0, 0.4), word("left", 0.75, 0.9)),
                                segment(word("stop", 1.25, 2)),
                                segment(word("now", 2.1, 2.3))));

        assertThat(SubtitleParser.srt(TranscriptFormat.SRT.write(transcription, "a")))
                .extracting(Cue::lines)
                .containsExactly(List.of("turn left"), List.of("stop now"));
    }

    private static Segment segment(TimedWord... words) {
        return new Segment(
                words[0].start(),
                words[words.length - 1].end(),
                "text",
                List.of(words),
                -1,
                List.of());
    }

    @Test
    void haveTwoLinesOfSimilarLength() {
        List<TimedWord> words = new ArrayList<>();
        for (String word : "it was the best of times it was the worst of times".split(" ", -1)) {
            words.add(word(word, words.size() * 0.3, words.size() * 0.3 + 0.25));
        }

        assertThat(SubtitleParser.srt(TranscriptFormat.SRT.write(of(words, 10), "a")))
                .singleElement()
                .extracting(Cue::lines)
                .isEqualTo(List.of("it was the best of times", "it was the worst of times"));
    }

    @Test
    void areOfSimilarLengthAndPreferGaps() {
        List<TimedWord> words = new ArrayList<>();
        double time = 0;
        for (int i = 0; i < 20; i++) {
            time += i == 9 ? 0.4 : 0.05;
            words.add(word("word" + (char) ('a' + i), time, time + 0.2));
            time += 0.2;
        }

        List<Cue> cues = SubtitleParser.srt(TranscriptFormat.SRT.write(of(words, 20), "a"));

        assertThat(cues).hasSize(2);
        assertThat(text(cues.subList(0, 1))).endsWith("wordi");
    }

    @Test
    void divideTextWithoutSpacesBetweenCharacters() {
        String text = "e\u0301".repeat(50);

        List<Cue> cues =
                SubtitleParser.srt(
                        TranscriptFormat.SRT.write(of(List.of(word(text, 0, 5)), 5), "a"));

        assertThat(cues).hasSize(1);
        assertThat(cues.get(0).lines()).hasSize(2);
        assertThat(cues.get(0).lines())
                .allSatisfy(line -> assertThat(line).matches("(e\u0301){25}"));
    }

    @Test
    void showHowSureEachWordIs() {
        List<TimedWord> words =
                List.of(
                        new TimedWord("a<b", 0, 0.2, 0.2),
                        new TimedWord("&", 0.2, 0.4, 0.49),
                        new TimedWord("maybe", 0.4, 0.6, 0.5),
                        new TimedWord("yes", 0.6, 0.8, 0.9));

        assertThat(TranscriptFormat.VTT.write(of(words, 3), "a"))
                .startsWith("WEBVTT\n\nSTYLE\n::cue(.low) {\n")
                .endsWith(
                        """

                        00:00:00.000 --> 00:00:01.000
                        <c.low>a&lt;b &amp;</c> <c.medium>maybe</c> yes

                        """);
    }

    private static TimedWord word(String word, double start, double end) {
        return new TimedWord(word, start, end, 1);
    }

    private static String text(List<Cue> cues) {
        return cues.stream().flatMap(cue -> cue.lines().stream()).collect(Collectors.joining(" "));
    }

    private static String withoutSpaces(String text) {
        return Stream.of(text.split(" ", -1)).collect(Collectors.joining());
    }
}
