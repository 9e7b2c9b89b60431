package io.github.djlctc.lm;

/**
 * A hash table with open addressing as KenLM lays it out: entries of one size, each of which begins
 * with its key. A key is a hash itself; 0 marks a free entry.
 */
final class ProbingTable {

    /** The position of an entry that is not there. */
    static final long NONE = -1;

    private final LittleEndianMemory memory;
    private final long start;
    private final long buckets;
    private final int entrySize;

    /** 2^64 divided by the number of buckets, by which {@link #bucket} avoids a division. */
    private final long reciprocal;

    ProbingTable(LittleEndianMemory memory, long start, long buckets, int entrySize) {
        this.memory = memory;
        this.start = start;
        this.buckets = buckets;
        this.entrySize = entrySize;
        this.reciprocal = Long.divideUnsigned(-1, buckets);
    }

    /** Returns the number of buckets for a number of entries. */
    static long buckets(long entries, float multiplier) {
        // KenLM computes this in single precision.
        return Math.max(entries + 1, (long) (multiplier * entries));
    }

    /** Creates an empty table on the heap. */
    static ProbingTable allocate(long buckets, int entrySize) {
        return new ProbingTable(
                LittleEndianMemory.allocate(buckets * entrySize), 0, buckets, entrySize);
    }

    long buckets() {
        return buckets;
    }

    LittleEndianMemory memory() {
        return memory;
    }

    /** Returns the position in memory of the entry with a key, or {@link #NONE}. */
    long find(long key) {
        long bucket = bucket(key);
        for (long tried = 0; tried < buckets; tried++) {
            long entry = start + bucket * entrySize;
            long found = memory.getLong(entry);
            if (found == 0) {
                return NONE;
            }
            if (found == key) {
                return entry;
            }
            bucket = bucket + 1 == buckets ? 0 : bucket + 1;
        }
        return NONE;
    }

    /** Reads where the search for each of some keys begins, and returns the sum. */
    long touch(long[] keys, int count) {
        long sum = 0;
        for (int i = 0; i < count; i++) {
            sum += touch(keys[i]);
        }
        return sum;
    }

    /** Reads where the search for a key begins, and returns what is there. */
    long touch(long key) {
        return memory.getLong(start + bucket(key) * entrySize);
    }

    /**
     * Adds an entry unless the key has one; one bucket must be free.
     *
     * @return the position in memory of a new entry, which holds the key and zeros; or that of the
     *     entry that was there, as its complement
     */
    long add(long key) {
        long bucket = bucket(key);
        while (true) {
            long entry = start + bucket * entrySize;
            long found = memory.getLong(entry);
            if (found == 0) {
                memory.putLong(entry, key);
                return entry;
            }
            if (found == key) {
                return ~entry;
            }
            bucket = bucket + 1 == buckets ? 0 : bucket + 1;
        }
    }

    /** Copies all entries into another table of the same size of entries. */
    void copyTo(ProbingTable target) {
        for (long bucket = 0; bucket < buckets; bucket++) {
            long entry = start + bucket * entrySize;
            long key = memory.getLong(entry);
            if (key != 0) {
                long copy = target.add(key);
                for (int i = Long.BYTES; i < entrySize; i += Integer.BYTES) {
                    target.memory.putInt(copy + i, memory.getInt(entry + i));
                }
            }
        }
    }

    /** Returns the unsigned remainder of the key: the bucket where the search for it begins. */
    private long bucket(long key) {
        // The quotient is right or one too small.
        long high = Math.multiplyHigh(key, reciprocal);
        long quotient = high + ((key >> 63) & reciprocal) + ((reciprocal >> 63) & key);
        long remainder = key - quotient * buckets;
        return remainder >= buckets ? remainder - buckets : remainder;
    }
}
