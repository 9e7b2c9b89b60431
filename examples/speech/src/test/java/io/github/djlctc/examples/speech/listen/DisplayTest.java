package io.github.djlctc.examples.speech.listen;

import io.github.djlctc.examples.speech.live.LiveEvent;
import io.github.djlctc.examples.speech.transcript.Segment;
import io.github.djlctc.examples.speech.transcript.TimedWord;

import org.junit.jupiter.api.Test;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class DisplayTest {

    private static final String CLEAR = "\r\u001b[K";
    private static final String DIM = "\u001b[2m";
    private static final String PLAIN = "\u001b[0m";

    private final StringWriter out = new StringWriter();
    private final PrintWriter writer = new PrintWriter(out);

    private static LiveEvent progress(String stable, String guess) {
        return new LiveEvent.Progress(1, stable, guess);
    }

    private static LiveEvent sentence(String text) {
        TimedWord word = new TimedWord(text, 0.12345, 1, 0.98765);
        return new LiveEvent.Sentence(new Segment(0.12345, 1, text, List.of(word), -1, List.of()));
    }

    private String terminal(int columns, LiveEvent... events) {
        TerminalDisplay display = new TerminalDisplay(writer, () -> columns);
        for (LiveEvent event : events) {
            display.show(event);
        }
        return out.toString().replace(System.lineSeparator(), "\n");
    }

    @Test
    void aTerminalShowsTheGuessDimmedBehindWhatIsStable() {
        assertThat(terminal(80, progress("TURN ON", "TH")))
                .isEqualTo(CLEAR + "TURN ON " + DIM + "TH" + PLAIN);
    }

    @Test
    void aTerminalReplacesTheLineByTheSentence() {
        assertThat(terminal(80, progress("", "A"), progress("A", ""), sentence("A B")))
                .isEqualTo(CLEAR + DIM + "A" + PLAIN + CLEAR + "A" + CLEAR + "A B\n");
    }

    @Test
    void aTerminalShowsTheEndOfALineThatIsTooLong() {
        assertThat(terminal(11, progress("ABCDEFGH", "IJKL")))
                .isEqualTo(CLEAR + "…EFGH " + DIM + "IJKL" + PLAIN);
    }

    @Test
    void aTerminalCountsTheColumnsOfWideCharacters() {
        assertThat(terminal(8, progress("", "你好世界"))).isEqualTo(CLEAR + DIM + "…好世界" + PLAIN);
    }

    @Test
    void aTerminalIsNotControlledByTheText() {
        assertThat(terminal(80, sentence("A\u001b[2JB\u009bC"))).isEqualTo(CLEAR + "A [2JB C\n");
    }

    @Test
    void elsewhereALineIsASentence() {
        LineDisplay display = new LineDisplay(writer);
        display.show(progress("", "A"));
        display.show(sentence("A B"));
        display.end(3);

        assertThat(out.toString().lines()).containsExactly("A B");
    }

    @Test
    void jsonHasAnObjectALine() {
        JsonDisplay display = new JsonDisplay(writer);
        display.show(progress("A", "B"));
        display.show(sentence("A"));
        display.end(3.25);

        assertThat(out.toString().lines())
                .containsExactly(
                        "{\"event\":\"progress\",\"seconds\":1.0,\"stable\":\"A\",\"guess\":\"B\"}",
                        "{\"event\":\"sentence\",\"start\":0.123,\"end\":1.0,\"text\":\"A\","
                                + "\"words\":[{\"word\":\"A\",\"start\":0.123,\"end\":1.0,"
                                + "\"confidence\":0.988}]}",
                        "{\"event\":\"end\",\"seconds\":3.25}");
    }
}
