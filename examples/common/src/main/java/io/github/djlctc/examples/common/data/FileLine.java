package io.github.djlctc.examples.common.data;

import java.nio.file.Path;

/**
 * A line of a file.
 *
 * @param file the file
 * @param line the number of the line, from 1 on
 */
public record FileLine(Path file, int line) {

    /** Returns both, such as {@code train.jsonl:17}. */
    @Override
    public String toString() {
        return file + ":" + line;
    }
}
