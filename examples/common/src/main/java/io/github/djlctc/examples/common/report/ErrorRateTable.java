package io.github.djlctc.examples.common.report;

import io.github.djlctc.examples.common.console.TextTable;
import io.github.djlctc.metric.ErrorCounts;

import java.util.Locale;

/** Error rates of words and characters as a table for people. */
public final class ErrorRateTable {

    private ErrorRateTable() {}

    /**
     * Creates the table.
     *
     * @param title what the errors were counted on
     * @param words the word errors
     * @param characters the character errors
     * @return a line for each, with rate, substitutions, deletions and insertions
     */
    public static TextTable of(String title, ErrorCounts words, ErrorCounts characters) {
        TextTable table =
                new TextTable()
                        .left(title)
                        .right("errors")
                        .right("of")
                        .right("rate %")
                        .right("substituted")
                        .right("deleted")
                        .right("inserted");
        addRow(table, "words (WER)", words);
        addRow(table, "characters (CER)", characters);
        return table;
    }

    /**
     * Writes a rate in percent.
     *
     * @param counts the errors
     * @return the rate with two decimals, without a percent sign
     */
    public static String percent(ErrorCounts counts) {
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
