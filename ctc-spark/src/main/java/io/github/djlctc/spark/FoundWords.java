package io.github.djlctc.spark;

import io.github.djlctc.lm.ReservedWords;

import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;

/**
 * The words of a partition of {@link TextLines}, each with its place; of a word that occurs again
 * soon, only the first occurrence. A line with what is no word ends there, with the reason.
 */
final class FoundWords implements Iterator<Row> {

    static final String WORD = "word";
    static final String ERROR = "error";
    static final String INDEX = "index";

    static final StructType SCHEMA =
            new StructType()
                    .add(WORD, DataTypes.StringType)
                    .add(ERROR, DataTypes.StringType)
                    .add(TextLines.FILE, DataTypes.StringType)
                    .add(TextLines.BLOCK, DataTypes.LongType)
                    .add(TextLines.ROW, DataTypes.LongType)
                    .add(INDEX, DataTypes.LongType);

    private static final byte[] SENTENCE_END =
            ReservedWords.SENTENCE_END.getBytes(StandardCharsets.UTF_8);

    private final Iterator<Row> lines;
    private final RecentWords recent = new RecentWords();

    /** The line that is read; its words are its n-grams of order 1. */
    private Row line;

    private Iterator<byte[]> words = Collections.emptyIterator();
    private long index;
    private Row next;

    FoundWords(Iterator<Row> lines) {
        this.lines = lines;
    }

    @Override
    public boolean hasNext() {
        while (next == null && (words.hasNext() || lines.hasNext())) {
            try {
                advance();
            } catch (IllegalArgumentException e) {
                next = found(null, e.getMessage());
            }
        }
        return next != null;
    }

    @Override
    public Row next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        Row found = next;
        next = null;
        return found;
    }

    private void advance() {
        if (!words.hasNext()) {
            start(lines.next());
            return;
        }
        byte[] word = words.next();
        index++;
        if (!Arrays.equals(word, SENTENCE_END) && recent.add(word)) {
            next = found(new String(word, StandardCharsets.UTF_8), null);
        }
    }

    private void start(Row started) {
        // Spark puts the blocks of a partition in any order, so an earlier one may follow.
        if (line != null && !isOfSameBlock(line, started)) {
            recent.clear();
        }
        line = started;
        index = 0;
        words = NGramsOfLines.of(line.getAs(TextLines.LINE), 1);
    }

    private static boolean isOfSameBlock(Row one, Row other) {
        return one.<Long>getAs(TextLines.BLOCK).equals(other.<Long>getAs(TextLines.BLOCK))
                && Objects.equals(
                        one.<String>getAs(TextLines.FILE), other.<String>getAs(TextLines.FILE));
    }

    private Row found(String word, String error) {
        return RowFactory.create(
                word,
                error,
                line.getAs(TextLines.FILE),
                line.getAs(TextLines.BLOCK),
                line.getAs(TextLines.ROW),
                index);
    }
}
