package io.github.djlctc.text;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The tokens of an alphabet by their class ids, and the ids by their tokens. */
final class TokenIndex {

    static final int NONE = -1;

    private final List<String> tokens;
    private final Map<String, Integer> ids = new HashMap<>();

    /**
     * Numbers tokens.
     *
     * @param tokens an immutable list, in the order of the ids
     * @throws IllegalArgumentException if there are fewer than two, one is empty or occurs twice
     */
    TokenIndex(List<String> tokens) {
        this.tokens = tokens;
        for (int id = 0; id < tokens.size(); id++) {
            add(tokens.get(id), id);
        }
        if (tokens.size() < 2) {
            throw new IllegalArgumentException(
                    "an alphabet needs the blank and at least one other token, but got " + tokens);
        }
    }

    private void add(String token, int id) {
        if (token.isEmpty()) {
            throw new IllegalArgumentException("token " + id + " is empty");
        }
        Integer first = ids.putIfAbsent(token, id);
        if (first != null) {
            throw new IllegalArgumentException(
                    "token \"" + token + "\" has two ids: " + first + " and " + id);
        }
    }

    List<String> tokens() {
        return tokens;
    }

    int size() {
        return tokens.size();
    }

    boolean contains(int id) {
        return id >= 0 && id < tokens.size();
    }

    int lastId() {
        return tokens.size() - 1;
    }

    /** Returns the token of an id that is there. */
    String token(int id) {
        return tokens.get(id);
    }

    /** Returns the id of a token, or {@link #NONE}. */
    int id(String token) {
        return ids.getOrDefault(token, NONE);
    }
}
