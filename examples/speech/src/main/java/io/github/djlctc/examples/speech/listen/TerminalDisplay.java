package io.github.djlctc.examples.speech.listen;

import io.github.djlctc.examples.speech.live.LiveEvent;

import org.jline.utils.AttributedString;

import java.io.PrintWriter;
import java.util.function.IntSupplier;

/**
 * Text that grows in place: the sentence that is being said is one line, of which the end is shown
 * if it does not fit, with the guess dimmed. When the sentence ends, the whole of it stays.
 */
public final class TerminalDisplay implements TextDisplay {

    private static final String START_OF_LINE = "\r\u001b[K";
    private static final String DIM = "\u001b[2m";
    private static final String PLAIN = "\u001b[0m";
    private static final String CUT = "\u2026";

    private final PrintWriter out;
    private final IntSupplier columns;

    /**
     * Creates the display.
     *
     * @param out the terminal
     * @param columns gives its width now
     */
    public TerminalDisplay(PrintWriter out, IntSupplier columns) {
        this.out = out;
        this.columns = columns;
    }

    @Override
    public void show(LiveEvent event) {
        out.print(START_OF_LINE);
        if (event instanceof LiveEvent.Progress progress) {
            out.print(line(progress.stable(), progress.guess()));
        } else if (event instanceof LiveEvent.Sentence sentence) {
            out.println(visible(sentence.segment().text()));
        }
        out.flush();
    }

    private String line(String stable, String guess) {
        String start = visible(stable);
        String gap = start.isEmpty() || guess.isEmpty() ? "" : " ";
        AttributedString line = new AttributedString(start + gap + visible(guess));
        int stableColumns = new AttributedString(start + gap).columnLength();
        // The last column stays free, since some terminals break the line there.
        int space = Math.max(2, columns.getAsInt() - 1);
        int all = line.columnLength();
        if (all <= space) {
            return styled(line.toString(), stableColumns);
        }
        int from = all - space + 1;
        String end = CUT + line.columnSubSequence(from, all);
        return styled(end, Math.max(0, stableColumns - from + 1));
    }

    /** Dims what comes behind some columns. */
    private static String styled(String line, int plainColumns) {
        AttributedString text = new AttributedString(line);
        int all = text.columnLength();
        if (plainColumns >= all) {
            return line;
        }
        return text.columnSubSequence(0, plainColumns)
                + DIM
                + text.columnSubSequence(plainColumns, all)
                + PLAIN;
    }

    /** A class of an alphabet may be anything, such as the escape character. */
    private static String visible(String text) {
        return text.codePoints()
                .map(character -> Character.isISOControl(character) ? ' ' : character)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    @Override
    public void end(double seconds) {
        out.print(START_OF_LINE);
        out.flush();
    }
}
