package io.github.djlctc.examples.speech.transcribe;

import io.github.djlctc.text.Alphabet;
import io.github.djlctc.text.Whitespace;

/** What the classes of a model say of pauses and words. */
final class TokenKinds {

    private final int blank;
    private final boolean[] isSpace;
    private final boolean[] startsWord;
    private final boolean[] endsWord;
    private final boolean tellsWords;

    TokenKinds(Alphabet alphabet) {
        int classes = alphabet.size();
        blank = alphabet.blank();
        isSpace = new boolean[classes];
        startsWord = new boolean[classes];
        endsWord = new boolean[classes];
        boolean spaces = false;
        for (int id = 0; id < classes; id++) {
            int[] text = alphabet.text(id).codePoints().toArray();
            if (id != blank && text.length > 0) {
                startsWord[id] = Whitespace.contains(text[0]);
                endsWord[id] = Whitespace.contains(text[text.length - 1]);
                isSpace[id] = alphabet.text(id).codePoints().allMatch(Whitespace::contains);
                spaces |= startsWord[id] || endsWord[id];
            }
        }
        tellsWords = spaces;
    }

    /** Tells whether nothing is said in a frame of this class: a blank, or spaces alone. */
    boolean isSilent(int id) {
        return id == blank || isSpace[id];
    }

    /** Tells whether one word ends and another starts where this class is. */
    boolean isSpace(int id) {
        return isSpace[id];
    }

    /** Tells whether a word may end after one class, and another start with the next one. */
    boolean mayPart(int last, int next) {
        return !tellsWords || endsWord[last] || startsWord[next];
    }
}
