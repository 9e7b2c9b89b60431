package io.github.djlctc.lm.estimate;

import io.github.djlctc.lm.ReservedWords;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The words of a text as UTF-8, with ids in the order of first occurrence: {@code <unk>}, {@code
 * <s>} and {@code </s>} are first.
 */
final class Vocabulary {

    static final int UNKNOWN = 0;
    static final int SENTENCE_START = 1;
    static final int SENTENCE_END = 2;

    /** Far above the length of any word, so a file with longer ones is not text. */
    static final int MAX_WORD_LENGTH = 1 << 16;

    /** A word has at most this many bytes. */
    static final int MAX_WORD_BYTES = 3 * MAX_WORD_LENGTH;

    private static final int CHUNK_BITS = 20;
    private static final int LENGTH_BITS = 20;
    private static final int LOW_BITS = (1 << CHUNK_BITS) - 1;
    private static final int HASH_FACTOR = 0x01000193;

    /** The bytes of the words; none is in two chunks. */
    private final List<byte[]> chunks = new ArrayList<>();

    private byte[] chunk = new byte[1 << 12];
    private int chunkSize;

    /** By id, the chunk, the offset in it and the length. */
    private long[] places = new long[1 << 9];

    private int[] hashes = new int[1 << 9];

    /** The hash table: the id + 1 of the word in each slot, 0 in free ones. */
    private int[] slots = new int[1 << 10];

    private int size;

    Vocabulary() {
        chunks.add(chunk);
        for (String word :
                List.of(
                        ReservedWords.UNKNOWN,
                        ReservedWords.SENTENCE_START,
                        ReservedWords.SENTENCE_END)) {
            byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
            append(bytes, 0, bytes.length, 0);
        }
    }

    /** Returns the number of words, with the three that are none. */
    int size() {
        return size;
    }

    /** Returns whether there is no word; the three others are always there. */
    boolean isEmpty() {
        return size == SENTENCE_END + 1;
    }

    /** Returns the hash of a word with one more byte. */
    static int hash(int hash, byte next) {
        return (hash ^ next) * HASH_FACTOR;
    }

    /**
     * Finds a word, or adds it.
     *
     * @param hash of its bytes, one after the other, from 0
     * @return its id
     * @throws IllegalArgumentException if it is not UTF-8, too long or reserved
     */
    int id(byte[] bytes, int from, int to, int hash) {
        int slot = slot(bytes, from, to, hash);
        if (slots[slot] != 0) {
            return slots[slot] - 1;
        }
        check(bytes, from, to);
        slots[slot] = size + 1;
        append(bytes, from, to, hash);
        if (2 * size > slots.length) {
            grow();
        }
        return size - 1;
    }

    /**
     * Finds a word.
     *
     * @param hash of its bytes, one after the other, from 0
     * @return its id, or -1 if there is no such word; the three that are none are not found
     */
    int find(byte[] bytes, int from, int to, int hash) {
        return slots[slot(bytes, from, to, hash)] - 1;
    }

    /** Returns the slot of a word, or the free one where it belongs. */
    private int slot(byte[] bytes, int from, int to, int hash) {
        int mask = slots.length - 1;
        int slot = spread(hash) & mask;
        while (slots[slot] != 0) {
            int id = slots[slot] - 1;
            if (hashes[id] == hash && isAt(places[id], bytes, from, to)) {
                return slot;
            }
            slot = slot + 1 & mask;
        }
        return slot;
    }

    String word(int id) {
        long place = places[id];
        return new String(
                chunks.get(chunk(place)), offset(place), length(place), StandardCharsets.UTF_8);
    }

    int length(int id) {
        return length(places[id]);
    }

    /** Copies a word's bytes, and returns where the next byte goes. */
    int copy(int id, byte[] target, int at) {
        long place = places[id];
        int length = length(place);
        System.arraycopy(chunks.get(chunk(place)), offset(place), target, at, length);
        return at + length;
    }

    /** Drops the hash table: words cannot be found any more. */
    void freeze() {
        slots = null;
        hashes = null;
    }

    private boolean isAt(long place, byte[] bytes, int from, int to) {
        if (length(place) != to - from) {
            return false;
        }
        byte[] word = chunks.get(chunk(place));
        int shift = offset(place) - from;
        for (int i = from; i < to; i++) {
            if (word[i + shift] != bytes[i]) {
                return false;
            }
        }
        return true;
    }

    /**
     * Checks a word.
     *
     * @throws IllegalArgumentException if it is not UTF-8, too long or reserved
     */
    static void check(byte[] bytes, int from, int to) {
        if (isPlain(bytes, from, to)) {
            return;
        }
        String word;
        try {
            word =
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(bytes, from, to - from))
                            .toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("not UTF-8; save the file in that encoding", e);
        }
        if (word.length() > MAX_WORD_LENGTH) {
            throw tooLong();
        }
        if (ReservedWords.contains(word)) {
            throw new IllegalArgumentException(
                    "the word " + word + " is reserved; remove it or spell it otherwise");
        }
    }

    /** Tells whether a word is ASCII, none of the reserved ones and not too long. */
    private static boolean isPlain(byte[] bytes, int from, int to) {
        if (bytes[from] == '<' || to - from > MAX_WORD_LENGTH) {
            return false;
        }
        for (int i = from; i < to; i++) {
            if (bytes[i] < 0) {
                return false;
            }
        }
        return true;
    }

    static IllegalArgumentException tooLong() {
        return new IllegalArgumentException(
                "a word is longer than "
                        + MAX_WORD_LENGTH
                        + " characters; set words apart by spaces");
    }

    private void append(byte[] bytes, int from, int to, int hash) {
        int length = to - from;
        if (chunkSize + length > chunk.length) {
            makeRoom(length);
        }
        System.arraycopy(bytes, from, chunk, chunkSize, length);
        if (size == places.length) {
            places = Arrays.copyOf(places, Math.multiplyExact(size, 2));
            hashes = Arrays.copyOf(hashes, places.length);
        }
        places[size] =
                (long) (chunks.size() - 1) << (CHUNK_BITS + LENGTH_BITS)
                        | (long) chunkSize << LENGTH_BITS
                        | length;
        hashes[size] = hash;
        chunkSize += length;
        size++;
    }

    private void makeRoom(int length) {
        int capacity = Math.max(2 * chunk.length, chunkSize + length);
        if (capacity <= (1 << CHUNK_BITS)) {
            chunk = Arrays.copyOf(chunk, capacity);
            chunks.set(chunks.size() - 1, chunk);
        } else {
            chunk = new byte[1 << CHUNK_BITS];
            chunks.add(chunk);
            chunkSize = 0;
        }
    }

    private void grow() {
        slots = new int[Math.multiplyExact(slots.length, 2)];
        int mask = slots.length - 1;
        for (int id = SENTENCE_END + 1; id < size; id++) {
            int slot = spread(hashes[id]) & mask;
            while (slots[slot] != 0) {
                slot = slot + 1 & mask;
            }
            slots[slot] = id + 1;
        }
    }

    private static int spread(int hash) {
        int mixed = hash * 0x9E3779B9;
        return mixed ^ mixed >>> 15;
    }

    private static int chunk(long place) {
        return (int) (place >>> (CHUNK_BITS + LENGTH_BITS));
    }

    private static int offset(long place) {
        return (int) (place >>> LENGTH_BITS) & LOW_BITS;
    }

    private static int length(long place) {
        return (int) place & LOW_BITS;
    }
}
