package io.github.djlctc.examples.common;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class PrintableTest {

    /** {@code N}, {@code E}, {@code D} and {@code C} stand for characters that CSV cannot have. */
    @ParameterizedTest
    @CsvSource({
        "plain, plain",
        "naïve 文字 🙂, naïve 文字 🙂",
        "aNb, a\\nb",
        "E[2Jb, \\u001b[2Jb",
        "aDC, a\\u007f\\u009b",
    })
    void escapesControlCharacters(String marked, String shown) {
        String text =
                marked.replace('N', '\n')
                        .replace('E', '\u001b')
                        .replace('D', '\u007f')
                        .replace('C', '\u009b');

        assertThat(Printable.line(text)).isEqualTo(shown);
    }

    @Test
    void tabsAndReturnsAreEscapedToo() {
        assertThat(Printable.line("a\tb\r")).isEqualTo("a\\tb\\r");
    }
}
