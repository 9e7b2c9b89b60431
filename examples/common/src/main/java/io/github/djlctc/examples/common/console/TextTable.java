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
        int[] widths = header.stream().mapToInt(DisplayWidth::of).toArray();
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], DisplayWidth.of(row.get(i)));
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
            String padding = " ".repeat(widths[i] - DisplayWidth.of(cells.get(i)));
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
}
