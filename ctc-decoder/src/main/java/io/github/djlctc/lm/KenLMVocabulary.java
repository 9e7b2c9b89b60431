package io.github.djlctc.lm;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Finds the words of a KenLM binary by their hashes. */
abstract sealed class KenLMVocabulary permits KenLMVocabulary.Probing, KenLMVocabulary.Sorted {

    static final int UNKNOWN = 0;

    private static final int MAX_WORD_BYTES = 1 << 16;

    final MappedFile file;

    private KenLMVocabulary(MappedFile file) {
        this.file = file;
    }

    /** Returns the number of words. */
    abstract int size();

    /** Returns the id of the word with a hash, or {@link #UNKNOWN}. */
    abstract int find(long hash);

    final int find(String word) {
        return find(MurmurHash.hash(word.getBytes(StandardCharsets.UTF_8)));
    }

    /** Reads the words at the end of the file, each followed by a zero byte. */
    final List<String> readWords(KenLMHeader header) throws LanguageModelFormatException {
        List<String> words = new ArrayList<>();
        ByteArrayOutputStream word = new ByteArrayOutputStream();
        long end = file.length();
        for (long at = header.take(0); at < end && words.size() < size(); at++) {
            byte value = file.getByte(at);
            if (value == 0) {
                words.add(word.toString(StandardCharsets.UTF_8));
                word.reset();
            } else {
                word.write(value);
                header.check(word.size() <= MAX_WORD_BYTES, "a word has no end");
            }
        }
        header.check(
                words.size() == size() && words.get(UNKNOWN).equals(ReservedWords.UNKNOWN),
                "its list of words does not have the " + size() + " words that it should");
        return words;
    }

    /** A hash table with open addressing. */
    static final class Probing extends KenLMVocabulary {

        private static final int ENTRY = 12;

        private final int size;
        private final long table;
        private final long buckets;

        Probing(MappedFile file, KenLMHeader header) throws LanguageModelFormatException {
            super(file);
            long start = header.take(Long.BYTES);
            int version = file.getInt(start);
            header.check(version == 0, "its vocabulary has the version " + version);
            size = file.getInt(start + 4);
            header.check(size > 0 && size <= header.count(1) + 1, "its number of words is " + size);
            buckets = header.buckets(header.count(1));
            table = header.takeTable(buckets, ENTRY);
        }

        @Override
        int size() {
            return size;
        }

        @Override
        int find(long hash) {
            long bucket = Long.remainderUnsigned(hash, buckets);
            for (long tried = 0; tried < buckets; tried++) {
                long key = file.getLong(table + bucket * ENTRY);
                if (key == 0) {
                    return UNKNOWN;
                }
                if (key == hash) {
                    int id = file.getInt(table + bucket * ENTRY + 8);
                    return id >= 0 && id < size ? id : UNKNOWN;
                }
                bucket = bucket + 1 == buckets ? 0 : bucket + 1;
            }
            return UNKNOWN;
        }
    }

    /** A sorted list of the hashes; the unknown word, with the id 0, is not in it. */
    static final class Sorted extends KenLMVocabulary {

        private final long hashes;
        private final int count;

        Sorted(MappedFile file, KenLMHeader header) throws LanguageModelFormatException {
            super(file);
            long start = header.take(Long.BYTES + header.count(1) * Long.BYTES);
            long size = file.getLong(start);
            header.check(size >= 0 && size <= header.count(1), "its number of words is " + size);
            count = (int) size;
            hashes = start + Long.BYTES;
        }

        @Override
        int size() {
            return count + 1;
        }

        /**
         * Finds a hash by the same interpolation search as KenLM: of a word that is listed twice,
         * n-grams use the id that this search finds.
         */
        @Override
        int find(long hash) {
            int before = -1;
            int after = count;
            long lowest = 0;
            long highest = -1;
            while (after - before > 1) {
                int middle =
                        before + 1 + pivot(hash - lowest, highest - lowest, after - before - 1);
                long found = file.getLong(hashes + (long) middle * Long.BYTES);
                int order = Long.compareUnsigned(found, hash);
                if (order == 0) {
                    return middle + 1;
                }
                if (order < 0) {
                    before = middle;
                    lowest = found;
                } else {
                    after = middle;
                    highest = found;
                }
            }
            return UNKNOWN;
        }

        private static int pivot(long offset, long range, int width) {
            long place = (long) (toDouble(offset) / toDouble(range) * width);
            return (int) Math.min(place, width - 1);
        }

        /** Converts an unsigned number, rounding to the nearest. */
        private static double toDouble(long unsigned) {
            return unsigned >= 0 ? unsigned : ((unsigned >>> 1) | (unsigned & 1)) * 2.0;
        }
    }
}
