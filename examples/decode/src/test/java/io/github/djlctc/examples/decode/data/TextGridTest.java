package io.github.djlctc.examples.decode.data;

import io.github.djlctc.emission.TokenSpan;
import io.github.djlctc.emission.WordSpan;
import io.github.djlctc.examples.common.FrameScale;

import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class TextGridTest {

    private static final String HEADER =
            """
            File type = "ooTextFile"
            Object class = "TextGrid"

            xmin = 0
            xmax = %s
            tiers? <exists>
            size = %d
            item []:
            """;

    @Test
    void intervalsCoverTheWholeDuration() {
        TextGrid grid =
                new TextGrid(10, FrameScale.seconds(0.02))
                        .tier(
                                "words",
                                List.of(
                                        new WordSpan("a", 2, 4, 0, 1),
                                        new WordSpan("b", 4, 9, 0, 1)),
                                WordSpan::word);

        assertThat(grid)
                .hasToString(
                        HEADER.formatted("0.2", 1)
                                + """
                                    item [1]:
                                        class = "IntervalTier"
                                        name = "words"
                                        xmin = 0
                                        xmax = 0.2
                                        intervals: size = 4
                                        intervals [1]:
                                            xmin = 0.0
                                            xmax = 0.04
                                            text = ""
                                        intervals [2]:
                                            xmin = 0.04
                                            xmax = 0.08
                                            text = "a"
                                        intervals [3]:
                                            xmin = 0.08
                                            xmax = 0.18
                                            text = "b"
                                        intervals [4]:
                                            xmin = 0.18
                                            xmax = 0.2
                                            text = ""
                                """);
    }

    @Test
    void doublesQuotesAndCountsTiers() {
        TextGrid grid =
                new TextGrid(3, FrameScale.frames())
                        .tier(
                                "say \"it\"",
                                List.of(new TokenSpan(1, "\"", 0, 3, 0)),
                                TokenSpan::token)
                        .tier("none", List.<TokenSpan>of(), TokenSpan::token);

        assertThat(grid.toString())
                .startsWith(HEADER.formatted("3", 2))
                .contains("name = \"say \"\"it\"\"\"\n")
                .contains("text = \"\"\"\"\n")
                .contains("    item [2]:\n")
                .endsWith("xmin = 0\n            xmax = 3\n            text = \"\"\n");
    }

    @Test
    void timesHaveNoExponent() {
        TextGrid grid =
                new TextGrid(1, FrameScale.seconds(1e-5))
                        .tier("t", List.<TokenSpan>of(), TokenSpan::token);

        assertThat(grid.toString()).contains("xmax = 0.000010\n");
    }
}
