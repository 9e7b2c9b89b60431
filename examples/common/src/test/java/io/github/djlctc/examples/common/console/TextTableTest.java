package io.github.djlctc.examples.common.console;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TextTableTest {

    @Test
    void alignsTextToTheLeftAndFiguresToTheRight() {
        TextTable table =
                new TextTable()
                        .left("set")
                        .right("WER")
                        .row("validation", "4.2 %")
                        .row("test", "10.0 %");

        assertThat(table.toString())
                .isEqualTo(
                        """
                        set            WER
                        ----------  ------
                        validation   4.2 %
                        test        10.0 %
                        """);
    }

    @Test
    void countsWideCharactersAsTwoColumnsAndCombiningMarksAsNone() {
        TextTable table =
                new TextTable().left("text").right("n").row("日本", "1").row("e\u0301te\u0301", "22");

        assertThat(table.toString())
                .isEqualTo("text   n\n----  --\n日本   1\ne\u0301te\u0301   22\n");
    }

    @Test
    void showsControlCharactersAsSpaces() {
        assertThat(new TextTable().left("t").row("a\nb\u001b").toString())
                .isEqualTo("t\n----\na b\n");
    }

    @Test
    void rejectsRowsOfAnotherLength() {
        TextTable table = new TextTable().left("a").left("b");

        assertThatThrownBy(() -> table.row("1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 cells for 2 columns");
        table.row("1", "2");
        assertThatThrownBy(() -> table.left("c")).isInstanceOf(IllegalStateException.class);
    }
}
