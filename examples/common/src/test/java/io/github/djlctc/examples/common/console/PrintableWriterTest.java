package io.github.djlctc.examples.common.console;

import org.junit.jupiter.api.Test;

import java.io.PrintWriter;
import java.io.StringWriter;

import static org.assertj.core.api.Assertions.assertThat;

class PrintableWriterTest {

    private final StringWriter shown = new StringWriter();
    private final PrintWriter terminal = new PrintWriter(shown);
    private final PrintWriter out = new PrintableWriter(terminal);

    private String shown() {
        out.flush();
        return shown.toString();
    }

    @Test
    void escapesAllButEndsOfLinesAndTabs() {
        out.print("a\tb\nc\r\n");
        out.print("\u001b]0;title\u0007\u009b2Jx\b");
        out.printf("%s%c", "\u007f", '\u0000');

        assertThat(shown())
                .isEqualTo("a\tb\nc\r\n\\u001b]0;title\\u0007\\u009b2Jx\\u0008\\u007f\\u0000");
    }

    /** A terminal would write over the line from its start. */
    @Test
    void escapesReturnsWithinALine() {
        out.print("all is wel\rl");
        out.print("\r");
        out.print("b\r");

        assertThat(shown()).isEqualTo("all is wel\\u000dl\\u000db\\u000d");
    }

    @Test
    void anEndOfALineInTwoPartsStaysOne() {
        out.write("a\r");
        out.write("\nb");

        assertThat(shown()).isEqualTo("a\r\nb");
    }

    @Test
    void whatControlsTheTerminalIsPrintedUnescaped() {
        PrintableWriter.unescaped(out).print("\u001b[K");
        out.println("x\u001b");

        assertThat(shown()).startsWith("\u001b[Kx\\u001b");
        assertThat(PrintableWriter.unescaped(terminal)).isSameAs(terminal);
    }
}
