package io.github.djlctc.align;

import io.github.djlctc.text.Alphabet;
import io.github.djlctc.text.Whitespace;

import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/** The tokens to align, and the gaps between them in which there are wildcards. */
final class Transcript {

    /** The class id of each token. */
    private final int[] targets;

    /** Whether there is a wildcard before each token, and in the last entry, at the end. */
    private final boolean[] wildcards;

    private Transcript(int[] targets, boolean[] wildcards) {
        this.targets = targets;
        this.wildcards = wildcards;
    }

    static Transcript of(int[] targets, Alphabet alphabet) {
        for (int i = 0; i < targets.length; i++) {
            int id = targets[i];
            if (id < 0 || id >= alphabet.size() || id == alphabet.blank()) {
                throw new IllegalArgumentException(
                        "target "
                                + i
                                + " is "
                                + id
                                + ", but targets must be ids of the alphabet, 0.."
                                + (alphabet.size() - 1)
                                + ", without the blank "
                                + alphabet.blank()
                                + "; leave out blanks and padding");
            }
        }
        return new Transcript(targets.clone(), new boolean[targets.length + 1]);
    }

    /** Encodes a text in which some words may be the wildcard, which is null if there is none. */
    static Transcript parse(String text, Alphabet alphabet, String wildcard) {
        if (wildcard == null) {
            return of(alphabet.encode(text), alphabet);
        }
        List<int[]> segments = new ArrayList<>();
        StringJoiner segment = new StringJoiner(" ");
        for (String word : Whitespace.collapse(text).split(" ", -1)) {
            if (word.equals(wildcard)) {
                segments.add(alphabet.encode(segment.toString()));
                segment = new StringJoiner(" ");
            } else {
                segment.add(word);
            }
        }
        segments.add(alphabet.encode(segment.toString()));
        return join(segments);
    }

    private static Transcript join(List<int[]> segments) {
        int length = segments.stream().mapToInt(segment -> segment.length).sum();
        int[] targets = new int[length];
        boolean[] wildcards = new boolean[length + 1];
        int end = 0;
        for (int i = 0; i < segments.size(); i++) {
            wildcards[end] |= i > 0;
            int[] segment = segments.get(i);
            System.arraycopy(segment, 0, targets, end, segment.length);
            end += segment.length;
        }
        return new Transcript(targets, wildcards);
    }

    int size() {
        return targets.length;
    }

    int target(int index) {
        return targets[index];
    }

    /** Returns whether there is a wildcard before a token, or for {@code size()}, at the end. */
    boolean hasWildcardBefore(int index) {
        return wildcards[index];
    }

    /** Returns the number of tokens that equal the one before and so need a gap between them. */
    int repeats() {
        int repeats = 0;
        for (int i = 1; i < targets.length; i++) {
            if (targets[i] == targets[i - 1]) {
                repeats++;
            }
        }
        return repeats;
    }
}
