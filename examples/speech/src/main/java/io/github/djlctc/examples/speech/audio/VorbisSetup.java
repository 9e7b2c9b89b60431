package io.github.djlctc.examples.speech.audio;

import io.github.djlctc.examples.speech.audio.AudioFormatException.Problem;

import java.nio.file.Path;

/**
 * Checks the tables that the third header of Vorbis describes before JOrbis makes them: Vorbis I,
 * section 4.2.4. A few bytes may describe tables of gigabytes, or of no size that makes sense.
 */
final class VorbisSetup {

    /** The values of all code books together; usual files have a hundredth of that. */
    private static final long MAX_VALUES = 1 << 23;

    /** Half of the longest block, which is what a packet has of each channel. */
    private static final int MAX_SPECTRUM = 4096;

    private static final int BOOK_SYNC = 0x564342;
    private static final int HEADER_BITS = 56;

    private final Path file;
    private final byte[] data;
    private long position = HEADER_BITS;
    private int[] dimensions;
    private int[] entries;

    private VorbisSetup(Path file, byte[] data) {
        this.file = file;
        this.data = data;
    }

    static void check(Path file, byte[] setup, int channels) throws AudioFormatException {
        VorbisSetup reader = new VorbisSetup(file, setup);
        reader.checkBooks();
        reader.skip(reader.read(6) + 1, 16); // time domain transforms
        int floors = reader.read(6) + 1;
        for (int i = 0; i < floors; i++) {
            reader.checkFloor();
        }
        int residues = reader.read(6) + 1;
        for (int i = 0; i < residues; i++) {
            reader.checkResidue(channels);
        }
    }

    private void checkBooks() throws AudioFormatException {
        int count = read(8) + 1;
        dimensions = new int[count];
        entries = new int[count];
        long values = 0;
        for (int book = 0; book < count; book++) {
            if (read(24) != BOOK_SYNC) {
                throw invalid("code book " + book + " does not begin where it should");
            }
            dimensions[book] = read(16);
            entries[book] = read(24);
            values += Math.max(1L, dimensions[book]) * entries[book];
            if (dimensions[book] == 0 || values > MAX_VALUES) {
                throw invalid(
                        "code book %d has %d entries of %d values"
                                .formatted(book, entries[book], dimensions[book]));
            }
            skipLengths(entries[book]);
            skipValues(dimensions[book], entries[book]);
        }
    }

    private void skipLengths(int count) throws AudioFormatException {
        if (read(1) == 1) { // ordered by length
            read(5);
            int i = 0;
            while (i < count) {
                int sameLength = read(32 - Integer.numberOfLeadingZeros(count - i));
                i += sameLength;
            }
            if (i > count) {
                throw invalid("a code book has more lengths than entries");
            }
        } else if (read(1) == 1) { // sparse
            for (int i = 0; i < count; i++) {
                skip(read(1), 5);
            }
        } else {
            skip(count, 5);
        }
    }

    private void skipValues(int dimension, int count) throws AudioFormatException {
        int type = read(4);
        if (type == 0) {
            return;
        }
        if (type > 2) {
            throw invalid("a code book has values of type " + type);
        }
        skip(2, 32);
        int bits = read(4) + 1;
        read(1);
        skip(type == 1 ? latticeValues(dimension, count) : (long) dimension * count, bits);
    }

    /** Returns the greatest number whose power of the dimension is at most the count. */
    private static int latticeValues(int dimension, int count) {
        int values = 0;
        while (Math.pow(values + 1, dimension) <= count) {
            values++;
        }
        return values;
    }

    private void checkFloor() throws AudioFormatException {
        int type = read(16);
        if (type == 0) {
            int order = read(8);
            read(16);
            int map = read(16);
            skip(1, 6 + 8);
            skipBooks(read(4) + 1);
            if (order == 0 || map == 0) {
                throw invalid("a floor is empty");
            }
        } else if (type == 1) {
            skipFloor1();
        } else {
            throw invalid("a floor has the type " + type);
        }
    }

    private void skipFloor1() throws AudioFormatException {
        int partitions = read(5);
        int[] classOf = new int[partitions];
        int classes = 0;
        for (int i = 0; i < partitions; i++) {
            classOf[i] = read(4);
            classes = Math.max(classes, classOf[i] + 1);
        }
        int[] sizes = new int[classes];
        for (int i = 0; i < classes; i++) {
            sizes[i] = read(3) + 1;
            int subclasses = read(2);
            skipBooks(subclasses > 0 ? 1 : 0);
            for (int k = 0; k < 1 << subclasses; k++) {
                requireBook(read(8) - 1, true);
            }
        }
        read(2);
        int rangeBits = read(4);
        for (int partition : classOf) {
            skip(sizes[partition], rangeBits);
        }
    }

    private void checkResidue(int channels) throws AudioFormatException {
        int type = read(16);
        int begin = read(24);
        int end = read(24);
        int grouping = read(24) + 1;
        int classifications = read(6) + 1;
        int book = read(8);
        requireBook(book, false);
        int[] cascade = new int[classifications];
        for (int i = 0; i < classifications; i++) {
            cascade[i] = read(3);
            cascade[i] |= read(1) == 1 ? read(5) << 3 : 0;
        }
        for (int stages : cascade) {
            skipBooks(Integer.bitCount(stages));
        }
        // JOrbis makes a row of each way to classify as many partitions as the book has dimensions,
        // and a place for each partition, which it keeps for other files. Type 2 joins channels.
        long values = (long) MAX_SPECTRUM * (type == 2 ? channels : 1);
        if (type > 2
                || end < begin
                || (end - begin) / grouping > values
                || Math.pow(classifications, dimensions[book]) > entries[book]) {
            throw invalid(
                    "a residue of type %d has %d classes in a book of %d entries, and %d partitions"
                            .formatted(
                                    type,
                                    classifications,
                                    entries[book],
                                    (end - begin) / grouping));
        }
    }

    private void skipBooks(int count) throws AudioFormatException {
        for (int i = 0; i < count; i++) {
            requireBook(read(8), false);
        }
    }

    private void requireBook(int book, boolean optional) throws AudioFormatException {
        if (book >= dimensions.length || (book < 0 && !optional)) {
            throw invalid("it uses code book " + book + " of " + dimensions.length);
        }
    }

    private void skip(long count, int bits) throws AudioFormatException {
        position += count * bits;
        require();
    }

    /** Reads up to 24 bits, the lowest first. */
    private int read(int bits) throws AudioFormatException {
        int value = 0;
        long start = position;
        position += bits;
        require();
        for (int i = 0; i < bits; i++) {
            long bit = start + i;
            value |= (data[(int) (bit >> 3)] >> (bit & 7) & 1) << i;
        }
        return value;
    }

    private void require() throws AudioFormatException {
        if (position > 8L * data.length) {
            throw invalid("it is cut");
        }
    }

    private AudioFormatException invalid(String detail) {
        return new AudioFormatException(file, Problem.CORRUPT, "its setup header: " + detail);
    }
}
