package io.github.djlctc.examples.htr.corpus.iam;

import java.util.Optional;
import java.util.Set;

/**
 * A line of {@code lines.txt} or {@code words.txt}.
 *
 * @param id the sample, such as {@code a01-000u-00}
 * @param wellSegmented whether its status is {@code ok}
 * @param text what is written
 */
record IamEntry(String id, boolean wellSegmented, String text) {

    /**
     * Both lists have eight fields before the text: id, status, grey level, and
     *
     * <ul>
     *   <li>of lines: the number of components, x, y, width, height;
     *   <li>of words: x, y, width, height, grammatical tag.
     * </ul>
     */
    private static final int FIELDS = 9;

    /** Reads a line; nothing if it is malformed. */
    static Optional<IamEntry> parse(String line, IamLevel level) {
        String[] fields = line.strip().split(" +", FIELDS);
        if (fields.length < FIELDS || !level.isId(fields[0])) {
            return Optional.empty();
        }
        boolean ok = fields[1].equals("ok");
        String text = fields[FIELDS - 1].replace('|', ' ').strip();
        boolean known = ok || fields[1].equals("err");
        return known && !text.isEmpty()
                ? Optional.of(new IamEntry(fields[0], ok, text))
                : Optional.empty();
    }

    /** Tells whether a set's list names this sample, its line or its form. */
    boolean isListedIn(Set<String> names) {
        for (String name = id; ; name = name.substring(0, name.lastIndexOf('-'))) {
            if (names.contains(name)) {
                return true;
            }
            if (name.indexOf('-') < 0) {
                return false;
            }
        }
    }
}
