package io.github.djlctc.examples.common.report;

import io.github.djlctc.examples.common.report.TextGrid.Interval;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.regex.Pattern;

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
                new TextGrid(0.2)
                        .tier(
                                "words",
                                List.of(
                                        new Interval(0.04, 0.08, "a"),
                                        new Interval(0.08, 0.18, "b")));

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
                                            xmin = 0
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
                new TextGrid(3)
                        .tier("say \"it\"", List.of(new Interval(0, 3, "\"")))
                        .tier("none", List.of());

        assertThat(grid.toString())
                .startsWith(HEADER.formatted("3", 2))
                .contains("name = \"say \"\"it\"\"\"\n")
                .contains("text = \"\"\"\"\n")
                .contains("    item [2]:\n")
                .endsWith("xmin = 0\n            xmax = 3\n            text = \"\"\n");
    }

    @Test
    void timesHaveNoExponent() {
        assertThat(new TextGrid(1e-5).tier("t", List.of()).toString()).contains("xmax = 0.00001\n");
        assertThat(new TextGrid(6e7).toString()).contains("xmax = 60000000\n");
    }

    @Test
    void cutsWhatOverlapsOrReachesBeyondTheEnd() {
        TextGrid grid =
                new TextGrid(2)
                        .tier(
                                "words",
                                List.of(
                                        new Interval(0, 1, "a"),
                                        new Interval(0.5, 1.5, "b"),
                                        new Interval(1.5, 3, "c")));

        assertThat(intervals(grid)).containsExactly("0 0.5 a", "0.5 1.5 b", "1.5 2 c");
    }

    @Test
    void keepsTheLabelsOfIntervalsWithoutLength() {
        TextGrid inside =
                new TextGrid(2)
                        .tier(
                                "words",
                                List.of(
                                        new Interval(1, 1, "a"),
                                        new Interval(1, 2, "b"),
                                        new Interval(2, 2, "c")));
        TextGrid atTheEnd = new TextGrid(2).tier("words", List.of(new Interval(1, 1, "a")));

        assertThat(intervals(inside)).containsExactly("0 1 ", "1 2 a b c");
        assertThat(intervals(atTheEnd)).containsExactly("0 2 a");
    }

    private static List<String> intervals(TextGrid grid) {
        Pattern interval =
                Pattern.compile("intervals \\[.*\\s+xmin = (.*)\\s+xmax = (.*)\\s+text = \"(.*)\"");
        return interval.matcher(grid.toString())
                .results()
                .map(found -> found.group(1) + " " + found.group(2) + " " + found.group(3))
                .toList();
    }
}
