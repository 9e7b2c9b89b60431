package io.github.djlctc.text;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Cuts a text into tokens, each time taking the longest that fits.
 *
 * <p>The texts of the tokens are sorted by code points, so those that begin with the characters
 * read so far are a range. Each further character narrows the range by binary search.
 */
final class Segmenter {

    /**
     * The code points of each token's text, in the order of {@link Arrays#compare(int[], int[])}.
     */
    private final int[][] sorted;

    /** The class id of each entry of {@link #sorted}. */
    private final int[] ids;

    private final SubwordStyle subwords;

    /**
     * Creates the segmenter.
     *
     * @param idsByText the class id for each token's text
     * @param subwords how tokens show where words begin
     */
    Segmenter(Map<String, Integer> idsByText, SubwordStyle subwords) {
        TreeMap<int[], Integer> order = new TreeMap<>(Arrays::compare);
        idsByText.forEach((text, id) -> order.put(text.codePoints().toArray(), id));
        sorted = order.keySet().toArray(int[][]::new);
        ids = order.values().stream().mapToInt(Integer::intValue).toArray();
        this.subwords = subwords;
    }

    /**
     * Cuts a text.
     *
     * @param normalized the text, with single spaces between words
     * @param unknown takes the characters that no token covers
     * @return the ids
     */
    int[] segment(String normalized, List<UnknownCharacter> unknown) {
        boolean marksWordStart = subwords != SubwordStyle.NONE && !normalized.isEmpty();
        int[] text = (marksWordStart ? " " + normalized : normalized).codePoints().toArray();
        int[] found = new int[text.length];
        int count = 0;
        int position = marksWordStart ? -1 : 0;
        int i = 0;
        while (i < text.length) {
            int match = longestMatch(text, i);
            int next;
            if (match >= 0) {
                found[count++] = ids[match];
                next = i + sorted[match].length;
            } else {
                // No token begins this word, so its first character is the unknown one.
                int missing = marksWordStart && text[i] == ' ' ? 1 : 0;
                unknown.add(new UnknownCharacter(text[i + missing], position + missing));
                next = i + missing + 1;
            }
            while (i < next) {
                position += Character.charCount(text[i++]);
            }
        }
        return Arrays.copyOf(found, count);
    }

    /** Returns the index in {@link #sorted} of the longest token at a position, or -1. */
    private int longestMatch(int[] text, int from) {
        int longest = -1;
        int low = 0;
        int high = sorted.length;
        for (int depth = 0; low < high && from + depth < text.length; depth++) {
            int codePoint = text[from + depth];
            low = firstAtLeast(codePoint, depth, low, high);
            high = firstAtLeast(codePoint + 1, depth, low, high);
            if (low < high && sorted[low].length == depth + 1) {
                longest = low;
                low++; // it has no further character to compare
            }
        }
        return longest;
    }

    /**
     * Returns the first entry of a range whose code point at a depth is the given one or greater.
     */
    private int firstAtLeast(int codePoint, int depth, int from, int to) {
        int low = from;
        int high = to;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle][depth] < codePoint) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
