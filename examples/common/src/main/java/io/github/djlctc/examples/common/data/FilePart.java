package io.github.djlctc.examples.common.data;

/**
 * The part of a recording that a sample is.
 *
 * @param file the path of the file without links
 * @param start where the part starts, in seconds
 * @param end where it ends, in seconds; infinite for the end of the file
 */
public record FilePart(String file, double start, double end) {

    /** Cuts of one recording may share a rounding or a moment of silence. */
    private static final double TOLERATED_SHARE = 0.1;

    /**
     * Tells whether two parts share more than a tenth of the shorter of them.
     *
     * @param other another part
     * @return whether they are, for the most part or in part, the same sound
     */
    boolean overlaps(FilePart other) {
        double shorter = Math.min(end - start, other.end - other.start);
        return file.equals(other.file) && sharedWith(other) > TOLERATED_SHARE * shorter;
    }

    /**
     * Returns how much two parts of one file share.
     *
     * @param other a part of the same file
     * @return seconds, 0 or less if they share nothing
     */
    double sharedWith(FilePart other) {
        return Math.min(end, other.end) - Math.max(start, other.start);
    }
}
