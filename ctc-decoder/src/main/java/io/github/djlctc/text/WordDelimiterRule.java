package io.github.djlctc.text;

import java.util.List;
import java.util.Optional;

/**
 * Which token of an alphabet stands between words.
 *
 * @param kind how it is found
 * @param token the token that was named, if one was
 */
record WordDelimiterRule(Kind kind, Optional<String> token) {

    /** Finds the delimiter by its usual names; subwords need none. */
    static final WordDelimiterRule USUAL = new WordDelimiterRule(Kind.USUAL, Optional.empty());

    /** No token is the delimiter. */
    static final WordDelimiterRule ABSENT = new WordDelimiterRule(Kind.ABSENT, Optional.empty());

    /** Tokens which are the word delimiter by default; the first one present wins. */
    private static final List<String> NAMES = List.of("<space>", " ", "|");

    /** How the delimiter is found. */
    enum Kind {
        USUAL,
        ABSENT,
        NAMED
    }

    static WordDelimiterRule named(String token) {
        return new WordDelimiterRule(Kind.NAMED, Optional.of(token));
    }

    /**
     * Finds the delimiter.
     *
     * @param index the tokens
     * @param hasText tells which tokens have a text
     * @return its class id, or {@link TokenIndex#NONE}
     * @throws IllegalArgumentException if the token that was named is none, or has no text
     */
    int find(TokenIndex index, TextClasses hasText, SubwordStyle subwords) {
        return switch (kind) {
            case USUAL -> subwords == SubwordStyle.NONE ? usual(index, hasText) : TokenIndex.NONE;
            case ABSENT -> TokenIndex.NONE;
            case NAMED -> named(index, hasText);
        };
    }

    private static int usual(TokenIndex index, TextClasses hasText) {
        return NAMES.stream()
                .mapToInt(index::id)
                .filter(id -> id != TokenIndex.NONE && hasText.contains(id))
                .findFirst()
                .orElse(TokenIndex.NONE);
    }

    private int named(TokenIndex index, TextClasses hasText) {
        String name = token.orElseThrow();
        int id = index.id(name);
        if (id == TokenIndex.NONE) {
            throw new IllegalArgumentException(
                    "the word delimiter \"" + name + "\" is not a token of the alphabet");
        }
        if (!hasText.contains(id)) {
            throw new IllegalArgumentException(
                    "the word delimiter \"" + name + "\" is the blank or a special token");
        }
        return id;
    }
}
