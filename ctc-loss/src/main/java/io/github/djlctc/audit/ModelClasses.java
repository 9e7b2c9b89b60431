package io.github.djlctc.audit;

import io.github.djlctc.text.Alphabet;

/**
 * The classes of a model: labels and the blank.
 *
 * @param count the number of classes, the blank included
 * @param alphabet names the classes; null if they have no names
 */
record ModelClasses(int count, int blank, Alphabet alphabet) {

    ModelClasses {
        if (count < 2 || blank < 0 || blank >= count) {
            throw new IllegalArgumentException(
                    "a model needs 2 classes or more, of which the blank is one: "
                            + count
                            + " classes, blank "
                            + blank);
        }
    }

    boolean contains(long id) {
        return id >= 0 && id < count;
    }

    String nameOf(int id) {
        return alphabet != null && id < alphabet.size()
                ? id + " \"" + alphabet.token(id) + "\""
                : Integer.toString(id);
    }
}
