package io.github.djlctc.text;

import java.io.Serializable;

/**
 * A character of a text that no token of the alphabet covers.
 *
 * @param codePoint the Unicode code point
 * @param position its index in the text as {@link Alphabet#normalize} returns it, in {@code char}s
 * @serial exclude
 */
public record UnknownCharacter(int codePoint, int position) implements Serializable {}
