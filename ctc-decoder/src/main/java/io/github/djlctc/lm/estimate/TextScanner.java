package io.github.djlctc.lm.estimate;

import io.github.djlctc.lm.WordSeparators;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Splits a text into words and sentences, as KenLM's lmplz does: words are separated by space, tab,
 * carriage return and NUL, sentences by line feed. Unlike lmplz, it ends the last sentence of a
 * text without a final line feed.
 */
final class TextScanner {

    private static final int BUFFER_SIZE = 1 << 18;
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

    private final Vocabulary vocabulary;
    private final IdSequence ids;
    private long line = 1;

    /** Whether anything is in the latest line, separators included. */
    private boolean withinLine;

    TextScanner(Vocabulary vocabulary, IdSequence ids) {
        this.vocabulary = vocabulary;
        this.ids = ids;
    }

    /** Returns the line that is being read, from 1. */
    long line() {
        return line;
    }

    /**
     * Reads a text to its end; a byte order mark at its start is skipped.
     *
     * @throws IllegalArgumentException if there is a word that cannot be counted
     */
    void scan(InputStream text) throws IOException {
        byte[] buffer = new byte[BUFFER_SIZE];
        int size = text.readNBytes(buffer, 0, BYTE_ORDER_MARK.length);
        if (startsWithMark(buffer, size)) {
            size = 0;
        }
        for (int count = 0; count >= 0; count = text.read(buffer, size, BUFFER_SIZE - size)) {
            size += count;
            int rest = scan(buffer, size);
            System.arraycopy(buffer, rest, buffer, 0, size - rest);
            size -= rest;
            if (size > Vocabulary.MAX_WORD_BYTES) {
                throw Vocabulary.tooLong();
            }
        }
        if (withinLine || size > 0) {
            buffer[size] = '\n';
            scan(buffer, size + 1);
        }
    }

    /**
     * Reads a line, or several if it has line feeds.
     *
     * @throws IllegalArgumentException if there is a word that cannot be counted
     */
    void scan(String text) throws IOException {
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw halfOfAPair(text);
        }
        byte[] bytes = (text + '\n').getBytes(StandardCharsets.UTF_8);
        scan(bytes, bytes.length);
    }

    /**
     * Reads words.
     *
     * @return where the word starts that is not ended by a separator, or the size
     */
    private int scan(byte[] bytes, int size) throws IOException {
        int start = 0;
        int hash = 0;
        for (int i = 0; i < size; i++) {
            byte next = bytes[i];
            if (next > ' ' || next < 0 || !isSeparator(next)) {
                hash = Vocabulary.hash(hash, next);
                continue;
            }
            if (i > start) {
                ids.add(vocabulary.id(bytes, start, i, hash));
            }
            hash = 0;
            start = i + 1;
            withinLine = next != '\n';
            if (next == '\n') {
                ids.add(Vocabulary.SENTENCE_END);
                line++;
            }
        }
        return start;
    }

    private static boolean isSeparator(byte next) {
        return next == '\n' || WordSeparators.contains(next);
    }

    private static boolean startsWithMark(byte[] bytes, int size) {
        return size == BYTE_ORDER_MARK.length
                && ByteBuffer.wrap(bytes, 0, size).equals(ByteBuffer.wrap(BYTE_ORDER_MARK));
    }

    private static IllegalArgumentException halfOfAPair(String text) {
        String wrong = text;
        for (String line : text.split("\n", -1)) {
            for (String word : WordSeparators.split(line)) {
                wrong = StandardCharsets.UTF_8.newEncoder().canEncode(word) ? wrong : word;
            }
        }
        return new IllegalArgumentException(
                "a word holds half of a surrogate pair: \"" + wrong + '"');
    }
}
