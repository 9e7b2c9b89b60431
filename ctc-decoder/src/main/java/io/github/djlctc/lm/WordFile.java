package io.github.djlctc.lm;

import io.github.djlctc.text.Whitespace;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;

/** Reads the different words of a text. */
final class WordFile {

    // These bound the memory that a file needs which is not a list of words.
    private static final int MAX_WORD_LENGTH = 1 << 16;
    private static final int MAX_WORDS = 10_000_000;
    private static final int MAX_CHARACTERS = 1 << 28;

    private final Path file;
    private final Utf8Text text;
    private final Set<String> words = new LinkedHashSet<>();
    private final StringBuilder word = new StringBuilder();
    private int characters;

    private WordFile(Path file, Utf8Text text) {
        this.file = file;
        this.text = text;
    }

    /** Returns the words in the order of their first occurrence. */
    static Set<String> read(Path file) throws IOException {
        try (Utf8Text text = Utf8Text.open(file)) {
            return new WordFile(file, text).read();
        }
    }

    private Set<String> read() throws IOException {
        for (int next = text.read(); next >= 0; next = text.read()) {
            if (Whitespace.contains(next)) {
                endWord();
            } else {
                word.append((char) next);
                check(word.length(), MAX_WORD_LENGTH, "characters in a word");
            }
        }
        endWord();
        if (words.isEmpty()) {
            throw new LanguageModelFormatException(
                    file, "holds no word; give a word list or a text");
        }
        return words;
    }

    private void endWord() throws LanguageModelFormatException {
        if (word.length() > 0 && words.add(word.toString())) {
            characters += word.length();
            check(words.size(), MAX_WORDS, "different words");
            check(characters, MAX_CHARACTERS, "characters in different words");
        }
        word.setLength(0);
    }

    private void check(int count, int limit, String what) throws LanguageModelFormatException {
        if (count > limit) {
            throw new LanguageModelFormatException(
                    file,
                    text.line(),
                    "more than " + limit + " " + what + "; give a word list or a text");
        }
    }
}
