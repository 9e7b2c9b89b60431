package io.github.djlctc.examples.common.data;

import io.github.djlctc.text.Alphabet;

import java.io.IOException;
import java.nio.file.Path;

/** Reads the files of classes that options name: lists of tokens, and {@code vocab.json}. */
public final class AlphabetFile {

    private AlphabetFile() {}

    /**
     * Reads a file.
     *
     * @param file a {@code vocab.json} if its name ends in {@code .json}, else a list of tokens
     * @return the alphabet
     * @throws IOException if the file cannot be read, or holds no alphabet
     */
    public static Alphabet read(Path file) throws IOException {
        return file.toString().endsWith(".json")
                ? Alphabet.readVocabJson(file)
                : Alphabet.read(file);
    }
}
