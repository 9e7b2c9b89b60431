package io.github.djlctc.lm;

/** A {@link ProbingTable} on the heap that takes any number of entries. */
final class GrowingTable {

    /** KenLM's default. */
    static final float MULTIPLIER = 1.5f;

    private static final long SMALLEST = 16;

    private final int entrySize;
    private ProbingTable table;
    private long entries;

    /** The number of entries that the table was made for. */
    private long capacity;

    /** The number of entries above which the table grows. */
    private long limit;

    GrowingTable(long capacity, int entrySize) {
        this.entrySize = entrySize;
        renew(capacity);
    }

    private void renew(long newCapacity) {
        ProbingTable old = table;
        capacity = newCapacity;
        table = ProbingTable.allocate(ProbingTable.buckets(capacity, MULTIPLIER), entrySize);
        limit = Math.max(capacity, (long) (0.9 * table.buckets()));
        if (old != null) {
            old.copyTo(table);
        }
    }

    /** Returns the number of entries that the table was made for, which tells its buckets. */
    long capacity() {
        return capacity;
    }

    ProbingTable table() {
        return table;
    }

    LittleEndianMemory memory() {
        return table.memory();
    }

    /** Returns what {@link ProbingTable#find} does; growing makes positions void. */
    long find(long key) {
        return table.find(key);
    }

    /** Does and returns what {@link ProbingTable#add} does. */
    long add(long key) {
        if (entries == limit) {
            renew(Math.max(SMALLEST, 2 * capacity));
        }
        long entry = table.add(key);
        entries += entry >= 0 ? 1 : 0;
        return entry;
    }

    /** Ends adding: a table that is not of the size expected is made for what it holds. */
    void finish(long expected) {
        if (capacity != expected) {
            renew(entries);
        }
    }
}
