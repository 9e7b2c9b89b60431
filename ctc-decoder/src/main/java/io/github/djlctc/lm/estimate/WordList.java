package io.github.djlctc.lm.estimate;

import io.github.djlctc.lm.WordSeparators;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** Makes a vocabulary of a list of words. */
final class WordList {

    private WordList() {}

    /**
     * Gives words ids in their order.
     *
     * @throws IllegalArgumentException if there is none, or one that cannot be in a text or comes
     *     twice
     */
    static Vocabulary vocabulary(Iterable<String> words, StepProgress progress) {
        Vocabulary vocabulary = new Vocabulary();
        for (String word : words) {
            Objects.requireNonNull(word, "word");
            add(vocabulary, word);
            progress.count();
        }
        progress.end();
        if (vocabulary.isEmpty()) {
            throw new IllegalArgumentException("there is no word; give those of a text");
        }
        return vocabulary;
    }

    private static void add(Vocabulary vocabulary, String word) {
        if (word.indexOf('\n') >= 0 || !WordSeparators.split(word).equals(List.of(word))) {
            throw wrong(word, "is not one word; give the words of the text");
        }
        byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(word)) {
            throw wrong(word, "holds half of a surrogate pair");
        }
        int hash = 0;
        for (byte next : bytes) {
            hash = Vocabulary.hash(hash, next);
        }
        int size = vocabulary.size();
        if (vocabulary.id(bytes, 0, bytes.length, hash) < size) {
            throw wrong(word, "comes twice; give each word of the text once");
        }
    }

    private static IllegalArgumentException wrong(String word, String problem) {
        return new IllegalArgumentException('"' + word + "\" " + problem);
    }
}
