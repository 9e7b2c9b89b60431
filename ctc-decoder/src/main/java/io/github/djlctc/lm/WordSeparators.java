package io.github.djlctc.lm;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The characters that separate words in texts from which language models are estimated, and which
 * they score: spaces, tabs, carriage returns and NUL, as in KenLM's lmplz. Other Unicode spaces
 * belong to words.
 */
public final class WordSeparators {

    private WordSeparators() {}

    /**
     * Tells whether a character separates words.
     *
     * @param character the character
     * @return whether it separates words
     */
    public static boolean contains(int character) {
        return character == ' ' || character == '\t' || character == '\r' || character == '\0';
    }

    /**
     * Splits a sentence.
     *
     * @param sentence the sentence, without line feeds
     * @return its words, none of them empty
     */
    public static List<String> split(String sentence) {
        Objects.requireNonNull(sentence, "sentence");
        List<String> words = new ArrayList<>();
        int start = 0;
        for (int i = 0; i <= sentence.length(); i++) {
            if (i == sentence.length() || contains(sentence.charAt(i))) {
                if (i > start) {
                    words.add(sentence.substring(start, i));
                }
                start = i + 1;
            }
        }
        return words;
    }
}
