package io.github.djlctc.examples.common.data;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Reads the lines of UTF-8 text files. */
public final class TextLines {

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private TextLines() {}

    /**
     * Reads a file.
     *
     * @param file the file
     * @return its lines, without a byte order mark before the first
     * @throws CharacterCodingException if it is not UTF-8
     * @throws IOException if it cannot be read
     */
    public static List<String> read(Path file) throws IOException {
        return withoutMark(Files.readString(file)).lines().toList();
    }

    /**
     * Leaves out a byte order mark, which editors of Windows put at the start of a file.
     *
     * @param text a text from the start of a file on
     * @return the text without it
     */
    public static String withoutMark(String text) {
        return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    }
}
