package io.github.djlctc.text;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The names that the blank has in files of a kind.
 *
 * @param names the names; the first one present wins
 */
record BlankNames(List<String> names) {

    static final BlankNames OF_TOKEN_LIST =
            new BlankNames(List.of("<blank>", "<blk>", "<pad>", "[PAD]"));

    static final BlankNames OF_VOCAB_JSON =
            new BlankNames(List.of("<pad>", "[PAD]", "<blank>", "<blk>"));

    /** In lower case, since these files come from many programs. */
    static final BlankNames OF_TOKEN_TABLE =
            new BlankNames(List.of("<blank>", "<blk>", "<eps>", "<pad>", "[pad]"));

    /** Returns the blank of a file, or nothing if none of its tokens is named like one. */
    Optional<String> find(Predicate<String> isToken) {
        return names.stream().filter(isToken).findFirst();
    }
}
