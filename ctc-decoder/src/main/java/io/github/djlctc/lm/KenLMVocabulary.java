package io.github.djlctc.lm;

import java.nio.charset.StandardCharsets;

/** Finds words by their hashes. */
abstract sealed class KenLMVocabulary permits KenLMVocabulary.Probing, KenLMVocabulary.Sorted {

    static final int UNKNOWN = 0;

    private KenLMVocabulary() {}

    /** Returns the number of words. */
    abstract int size();

    /** Returns the id of the word with a hash, or {@link #UNKNOWN}. */
    abstract int find(long hash);

    final int find(String word) {
        return find(MurmurHash.hash(word.getBytes(StandardCharsets.UTF_8)));
    }

    /** A hash table with open addressing. */
    static final class Probing extends KenLMVocabulary {

        private static final int ENTRY = 12;

        private final int size;
        private final ProbingTable table;

        Probing(ProbingTable table, int size) {
            this.table = table;
            this.size = size;
        }

        static Probing of(LittleEndianMemory file, KenLMHeader header)
                throws LanguageModelFormatException {
            long start = header.take(Long.BYTES);
            int version = file.getInt(start);
            header.check(version == 0, "its vocabulary has the version " + version);
            int size = file.getInt(start + 4);
            header.check(size > 0 && size <= header.count(1) + 1, "its number of words is " + size);
            return new Probing(header.takeTable(header.count(1), ENTRY), size);
        }

        @Override
        int size() {
            return size;
        }

        @Override
        int find(long hash) {
            long entry = table.find(hash);
            if (entry == ProbingTable.NONE) {
                return UNKNOWN;
            }
            int id = table.memory().getInt(entry + Long.BYTES);
            return id >= 0 && id < size ? id : UNKNOWN;
        }
    }

    /** A sorted list of the hashes; the unknown word, with the id 0, is not in it. */
    static final class Sorted extends KenLMVocabulary {

        private final LittleEndianMemory file;
        private final long hashes;
        private final int count;

        Sorted(LittleEndianMemory file, KenLMHeader header) throws LanguageModelFormatException {
            this.file = file;
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
