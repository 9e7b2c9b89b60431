package io.github.djlctc.examples.common.report;

import io.github.djlctc.examples.common.WordErrorUnit;
import io.github.djlctc.examples.common.console.TextTable;
import io.github.djlctc.metric.ErrorCounts;

import java.util.Locale;

/** Error rates of words and characters as a table for people. */
public final class ErrorRateTable {

    private ErrorRateTable() {}

    /**
     * Creates the table, followed by the {@linkplain WordErrorUnit#note() note} of the unit.
     *
     * @param title what the errors were counted on
     * @param unit the unit of word errors; characters have no line of their own for words
     * @param words the word errors
     * @param characters the character errors
     * @return lines with rate, substitutions, deletions and insertions
     */
    public static String of(
            String title, WordErrorUnit unit, ErrorCounts words, ErrorCounts characters) {
        TextTable table =
                new TextTable()
                        .left(title)
                        .right("errors")
                        .right("of")
                        .right("rate %")
                        .right("substituted")
                        .right("deleted")
                        .right("inserted");
        if (unit == WordErrorUnit.WORD) {
            addRow(table, "words (WER)", words);
        }
        addRow(table, "characters (CER)", characters);
        return table + unit.note().map(note -> note + System.lineSeparator()).orElse("");
    }

    /**
     * Writes a rate in percent.
     *
     * @param counts the errors
     * @return the rate with two decimals, without a percent sign; a hyphen if there are errors and
     *     the reference is empty
     */
    public static String percent(ErrorCounts counts) {
        if (!Double.isFinite(counts.rate())) {
            return "-";
        }
        return String.format(Locale.ROOT, "%.2f", 100 * counts.rate());
    }

    private static void addRow(TextTable table, String name, ErrorCounts counts) {
        table.row(
                name,
                Long.toString(counts.errors()),
                Long.toString(counts.referenceLength()),
                percent(counts),
                Long.toString(counts.substitutions()),
                Long.toString(counts.deletions()),
                Long.toString(counts.insertions()));
    }
}
