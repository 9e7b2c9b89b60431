package io.github.djlctc.text;

/**
 * Tells which classes have a text: all but the blank and the special tokens.
 *
 * @param index the tokens
 * @param blank the class id of the blank
 * @param special the special tokens
 */
record TextClasses(TokenIndex index, int blank, SpecialTokens special) {

    boolean contains(int id) {
        return id != blank && !special.contains(index.token(id));
    }
}
