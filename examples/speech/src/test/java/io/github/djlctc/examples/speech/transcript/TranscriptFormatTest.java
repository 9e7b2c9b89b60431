package io.github.djlctc.examples.speech.transcript;

import io.github.djlctc.examples.common.command.Outcome;

import com.google.gson.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class TranscriptFormatTest {

    private static final Transcription TWO_SEGMENTS =
            new Transcription(
                    3,
                    List.of(
                            new Segment(
                                    0.5,
                                    1.25,
                                    "say \"yes\"",
                                    List.of(
                                            new TimedWord("say", 0.5, 0.75, 0.875),
                                            new TimedWord("\"yes\"", 1, 1.25, 0.25)),
                                    -1.5,
                                    List.of(new Segment.Alternative("say yes", -2)),
                                    List.of(new TimedToken("s", 0.5, 0.625, -0.125))),
                            new Segment(
                                    2,
                                    2.5,
                                    "no",
                                    List.of(new TimedWord("no", 2, 2.5, 1)),
                                    -0.5,
                                    List.of())));

    private static final Transcription NOTHING = new Transcription(1, List.of());

    @Test
    void textHasASegmentOnEachLine() {
        assertThat(TranscriptFormat.TEXT.write(TWO_SEGMENTS, "a")).isEqualTo("say \"yes\"\nno\n");
        assertThat(TranscriptFormat.TEXT.writeWithTokens(TWO_SEGMENTS, "a"))
                .isEqualTo("say \"yes\"\n      0.50    0.63  s\nno\n");
    }

    @Test
    void jsonIsOneLineWithAllThatIsKnown() {
        String json = TranscriptFormat.JSON.write(TWO_SEGMENTS, "dir/a.wav");

        assertThat(json)
                .isEqualTo(
                        "{\"file\":\"dir/a.wav\",\"text\":\"say \\\"yes\\\" no\",\"seconds\":3.0,"
                                + "\"segments\":[{\"text\":\"say \\\"yes\\\"\",\"start\":0.5,\"end\":1.25,"
                                + "\"score\":-1.5,\"words\":[{\"word\":\"say\",\"start\":0.5,\"end\":0.75,"
                                + "\"confidence\":0.875},{\"word\":\"\\\"yes\\\"\",\"start\":1.0,"
                                + "\"end\":1.25,\"confidence\":0.25}],\"alternatives\":[{\"text\":"
                                + "\"say yes\",\"score\":-2.0}]},{\"text\":\"no\",\"start\":2.0,"
                                + "\"end\":2.5,\"score\":-0.5,\"words\":[{\"word\":\"no\",\"start\":2.0,"
                                + "\"end\":2.5,\"confidence\":1.0}],\"alternatives\":[]}]}\n");
        JsonObject withTokens =
                Outcome.parse(TranscriptFormat.JSON.writeWithTokens(TWO_SEGMENTS, "a"));
        assertThat(
                        withTokens
                                .getAsJsonArray("segments")
                                .get(0)
                                .getAsJsonObject()
                                .getAsJsonArray("tokens"))
                .hasToString(
                        "[{\"token\":\"s\",\"start\":0.5,\"end\":0.625,\"logProbability\":-0.125}]");
    }

    @Test
    void jsonHasNullForAScoreThatIsNotFinite() {
        Transcription nothingFits =
                new Transcription(
                        1,
                        List.of(
                                new Segment(
                                        0, 1, "", List.of(), Double.NEGATIVE_INFINITY, List.of())));

        assertThat(TranscriptFormat.JSON.write(nothingFits, "a"))
                .contains("\"text\":\"\"", "\"score\":null");
        assertThat(TranscriptFormat.TEXT.write(nothingFits, "a")).isEmpty();
    }

    @Test
    void ctmHasAWordOnEachLine() {
        assertThat(TranscriptFormat.CTM.write(TWO_SEGMENTS, "my file.wav"))
                .isEqualTo(
                        """
                        my_file.wav 1 0.500 0.250 say 0.8750
                        my_file.wav 1 1.000 0.250 "yes" 0.2500
                        my_file.wav 1 2.000 0.500 no 1.0000
                        """);
        assertThat(TranscriptFormat.CTM.write(TWO_SEGMENTS, ";;a")).startsWith("_;;a 1 ");
    }

    @Test
    void textGridHasTiersOfWordsAndSegments() {
        assertThat(TranscriptFormat.TEXTGRID.write(TWO_SEGMENTS, "a"))
                .startsWith("File type = \"ooTextFile\"\nObject class = \"TextGrid\"\n")
                .contains("size = 2\n", "name = \"words\"", "name = \"segments\"")
                .contains("text = \"say \"\"yes\"\"\"\n", "text = \"\"\"yes\"\"\"\n")
                .contains("intervals: size = 7\n", "intervals: size = 5\n")
                .endsWith("xmin = 2.5\n            xmax = 3\n            text = \"\"\n");
    }

    @Test
    void subRipNumbersSubtitles() {
        assertThat(TranscriptFormat.SRT.write(TWO_SEGMENTS, "a"))
                .isEqualTo(
                        """
                        1
                        00:00:00,500 --> 00:00:01,500
                        say "yes"

                        2
                        00:00:02,000 --> 00:00:03,000
                        no

                        """);
    }

    @ParameterizedTest
    @EnumSource(TranscriptFormat.class)
    void silenceIsNoError(TranscriptFormat format) {
        String written = format.write(NOTHING, "a");

        assertThat(written.isEmpty() || written.endsWith("\n")).isTrue();
    }
}
