package io.github.djlctc.lm;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The beginning of a KenLM binary (Heafield 2011, KenLM: faster and smaller language model
 * queries).
 *
 * <p>A text with the version, values that show the byte order and the formats of numbers, the
 * parameters of the model, and how many n-grams of each length it has.
 */
final class KenLMHeader {

    /** The first bytes of files of all versions. */
    static final String MAGIC = "mmap lm http://kheafield.com/code";

    /** The first bytes of files of the version that follows. */
    static final String VERSION = MAGIC + " format version ";

    private static final String SUPPORTED_VERSION = "5";
    static final String REMEDY =
            "make it anew with \"build_binary model.arpa model.binary\", or give the ARPA file";

    /** The position of values that show the formats of numbers. */
    static final int SANITY = 56;

    private static final int PARAMETERS = 88;
    private static final int COUNTS = 108;

    /** The kinds of models, by their numbers in the file. */
    private static final List<String> KINDS =
            List.of(
                    "probing hash tables",
                    "probing hash tables with rest costs",
                    "trie",
                    "trie with quantization",
                    "trie with array-compressed pointers",
                    "trie with quantization and array-compressed pointers");

    static final int PROBING = 0;
    static final int TRIE = 2;
    private static final int PROBING_WITH_REST_COSTS = 1;
    private static final int QUANTIZED_TRIE = 3;
    private static final int ARRAY_TRIE = 4;
    private static final int QUANTIZED_ARRAY_TRIE = 5;

    private final Path path;
    private final LittleEndianMemory file;
    private final int kind;
    private final float probingMultiplier;
    private final List<Long> counts = new ArrayList<>();

    /** The end of the parts that were assigned positions so far. */
    private long position;

    KenLMHeader(Path path, LittleEndianMemory file) throws LanguageModelFormatException {
        this.path = path;
        this.file = file;
        take(COUNTS);
        checkVersion();
        checkNumberFormats();
        int order = file.getByte(PARAMETERS) & 0xff;
        probingMultiplier = file.getFloat(PARAMETERS + 4);
        kind = file.getInt(PARAMETERS + 8);
        check(order >= 2 && order <= NGramModel.MAX_ORDER, "its order is " + order);
        checkKind(file.getInt(PARAMETERS + 16));
        check(
                probingMultiplier >= 1 && probingMultiplier < Float.POSITIVE_INFINITY,
                "its probing multiplier is " + probingMultiplier);
        if (file.getByte(PARAMETERS + 12) == 0) {
            throw problem("it holds no words; " + REMEDY);
        }
        long start = take((long) order * Long.BYTES);
        for (int i = 0; i < order; i++) {
            long count = file.getLong(start + (long) i * Long.BYTES);
            // An n-gram takes more than a byte: no sum or product below can overflow.
            check(
                    count >= 0 && count <= file.length(),
                    "it claims " + Long.toUnsignedString(count) + " " + (i + 1) + "-grams");
            counts.add(count);
        }
        check(counts.get(0) < Integer.MAX_VALUE - 8, "it claims " + counts.get(0) + " words");
        take(-position & (Long.BYTES - 1));
    }

    /** Returns whether a file with these first bytes is a KenLM binary. */
    static boolean begins(byte[] start) {
        return Arrays.equals(start, MAGIC.getBytes(StandardCharsets.US_ASCII));
    }

    private void checkVersion() throws LanguageModelFormatException {
        byte[] bytes = new byte[SANITY];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = file.getByte(i);
        }
        String start = new String(bytes, StandardCharsets.ISO_8859_1);
        int end = start.indexOf('\n');
        if (end < 0 || !start.startsWith(VERSION)) {
            throw problem("it was not completed when it was built, or is damaged; " + REMEDY);
        }
        String version = start.substring(VERSION.length(), end);
        if (!version.equals(SUPPORTED_VERSION)) {
            throw problem(
                    "its format has the version "
                            + version
                            + ", and only version "
                            + SUPPORTED_VERSION
                            + " is supported; "
                            + REMEDY);
        }
    }

    private void checkNumberFormats() throws LanguageModelFormatException {
        boolean same =
                file.getInt(SANITY) == 0
                        && file.getInt(SANITY + 4) == Float.floatToIntBits(1)
                        && file.getInt(SANITY + 8) == Float.floatToIntBits(-0.5f)
                        && file.getInt(SANITY + 12) == 1
                        && file.getInt(SANITY + 16) == -1
                        && file.getLong(SANITY + 24) == 1;
        if (!same) {
            throw problem(
                    "it was built on a machine with another byte order or other formats of numbers;"
                            + " on a 64-bit little-endian one, "
                            + REMEDY);
        }
    }

    private void checkKind(int searchVersion) throws LanguageModelFormatException {
        boolean known = kind >= 0 && kind < KINDS.size();
        String name = known ? KINDS.get(kind) : "kind " + kind;
        if (!known || kind == PROBING_WITH_REST_COSTS) {
            throw problem("models of " + name + " are not supported; " + REMEDY);
        }
        int supported = isTrie() ? 1 : 0;
        if (searchVersion != supported) {
            throw problem(
                    "its format of "
                            + name
                            + " has the version "
                            + searchVersion
                            + ", and only version "
                            + supported
                            + " is supported; "
                            + REMEDY);
        }
    }

    boolean isTrie() {
        return kind != PROBING;
    }

    /** Returns whether a trie stores weights as indexes of tables. */
    boolean isQuantized() {
        return kind == QUANTIZED_TRIE || kind == QUANTIZED_ARRAY_TRIE;
    }

    /** Returns whether a trie stores the upper bits of its pointers separately. */
    boolean isArrayCompressed() {
        return kind == ARRAY_TRIE || kind == QUANTIZED_ARRAY_TRIE;
    }

    int order() {
        return counts.size();
    }

    /** Returns how many n-grams of a length the file has. */
    long count(int length) {
        return counts.get(length - 1);
    }

    /** Returns the hash table for a number of entries that follows the parts before it. */
    ProbingTable takeTable(long entries, int entrySize) throws LanguageModelFormatException {
        long buckets = ProbingTable.buckets(entries, probingMultiplier);
        long start = take(buckets > file.length() ? Long.MAX_VALUE : buckets * entrySize);
        return new ProbingTable(file, start, buckets, entrySize);
    }

    /** Returns the position of a part of the file that follows the parts before it. */
    long take(long size) throws LanguageModelFormatException {
        long start = position;
        if (size > file.length() - start) {
            throw problem(
                    "it ends after "
                            + file.length()
                            + " bytes, before all that its header promises; it is cut off or"
                            + " damaged; "
                            + REMEDY);
        }
        position += size;
        return start;
    }

    void check(boolean valid, String claim) throws LanguageModelFormatException {
        if (!valid) {
            throw problem(claim + ", so it is damaged; " + REMEDY);
        }
    }

    private LanguageModelFormatException problem(String problem) {
        return new LanguageModelFormatException(path, "this is a KenLM binary, but " + problem);
    }
}
