package io.github.djlctc.examples.common.console;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A table of text with aligned columns.
 *
 * <p>Widths are those of a terminal: East Asian wide characters count two columns, combining marks
 * none. Line breaks and other control characters in a cell are shown as spaces.
 *
 * <pre>{@code
 * TextTable table = new TextTable().left("set").right("WER");
 * table.row("test", "4.2 %");
 * System.out.print(table);
 * }</pre>
 */
public final class TextTable {

    private enum Alignment {
        LEFT,
        RIGHT
    }

    private static final String GAP = "  ";

    private final List<Alignment> alignments = new ArrayList<>();
    private final List<String> header = new ArrayList<>();
    private final List<List<String>> rows = new ArrayList<>();

    /** Creates a table without columns. */
    public TextTable() {}

    /**
     * Adds a column of text, aligned to the left.
     *
     * @param title the title of the column
     * @return this table
     * @throws IllegalStateException if the table has rows already
     */
    public TextTable left(String title) {
        return column(title, Alignment.LEFT);
    }

    /**
     * Adds a column of figures, aligned to the right.
     *
     * @param title the title of the column
     * @return this table
     * @throws IllegalStateException if the table has rows already
     */
    public TextTable right(String title) {
        return column(title, Alignment.RIGHT);
    }

    private TextTable column(String title, Alignment alignment) {
        if (!rows.isEmpty()) {
            throw new IllegalStateException("column \"" + title + "\" comes after the first row");
        }
        header.add(printable(title));
        alignments.add(alignment);
        return this;
    }

    /**
     * Adds a row.
     *
     * @param cells the text of each column
     * @return this table
     * @throws IllegalArgumentException if there are more or fewer cells than columns
     */
    public TextTable row(String... cells) {
        if (cells.length != header.size()) {
            throw new IllegalArgumentException(
                    cells.length
                            + " cells for "
                            + header.size()
                            + " columns: "
                            + Arrays.toString(cells));
        }
        rows.add(Arrays.stream(cells).map(TextTable::printable).toList());
        return this;
    }

    /** {@return the title line, a rule and a line for each row, each ended by a line feed} */
    @Override
    public String toString() {
        int[] widths = header.stream().mapToInt(TextTable::width).toArray();
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], width(row.get(i)));
            }
        }
        StringBuilder text = new StringBuilder();
        appendLine(text, header, widths);
        appendLine(text, Arrays.stream(widths).mapToObj("-"::repeat).toList(), widths);
        rows.forEach(row -> appendLine(text, row, widths));
        return text.toString();
    }

    private void appendLine(StringBuilder text, List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String padding = " ".repeat(widths[i] - width(cells.get(i)));
            line.append(i == 0 ? "" : GAP);
            line.append(
                    alignments.get(i) == Alignment.LEFT
                            ? cells.get(i) + padding
                            : padding + cells.get(i));
        }
        text.append(line.toString().stripTrailing()).append('\n');
    }

    private static String printable(String cell) {
        return cell.replaceAll("\\p{Cntrl}", " ");
    }

    private static int width(String text) {
        return text.codePoints().map(TextTable::width).sum();
    }

    private static int width(int codePoint) {
        int type = Character.getType(codePoint);
        if (type == Character.NON_SPACING_MARK
                || type == Character.ENCLOSING_MARK
                || type == Character.FORMAT) {
            return 0;
        }
        return isWide(codePoint) ? 2 : 1;
    }

    private static boolean isWide(int codePoint) {
        return (codePoint >= 0x1100 && codePoint <= 0x115F) // Hangul Jamo
                || (codePoint >= 0x2E80 && codePoint <= 0xA4CF) // CJK, Kana, Yi
                || (codePoint >= 0xAC00 && codePoint <= 0xD7A3) // Hangul syllables
                || (codePoint >= 0xF900 && codePoint <= 0xFAFF) // CJK compatibility
                || (codePoint >= 0xFE30 && codePoint <= 0xFE6F) // CJK compatibility forms
                || (codePoint >= 0xFF00 && codePoint <= 0xFF60) // full-width forms
                || (codePoint >= 0x1F300 && codePoint <= 0x1FAFF) // pictographs
                || (codePoint >= 0x20000 && codePoint <= 0x3FFFD); // CJK extensions
    }
}
