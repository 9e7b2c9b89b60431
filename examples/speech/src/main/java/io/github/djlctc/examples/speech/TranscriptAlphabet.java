package io.github.djlctc.examples.speech;

import io.github.djlctc.examples.speech.corpus.Utterance;
import io.github.djlctc.text.Alphabet;
import io.github.djlctc.text.LetterCase;

import java.util.List;
import java.util.TreeSet;

/** The alphabet of a corpus: the blank, the space and every character of its transcripts. */
final class TranscriptAlphabet {

    private TranscriptAlphabet() {}

    static Alphabet of(List<Utterance> utterances, LetterCase letterCase) {
        // Any alphabet with the letter case normalises as the final one will.
        Alphabet normalising =
                Alphabet.ofCharacters(" ").toBuilder().optLetterCase(letterCase).build();
        TreeSet<Integer> characters = new TreeSet<>(List.of((int) ' '));
        for (Utterance utterance : utterances) {
            normalising.normalize(utterance.text()).codePoints().forEach(characters::add);
        }
        StringBuilder text = new StringBuilder();
        characters.forEach(text::appendCodePoint);
        return Alphabet.ofCharacters(text.toString()).toBuilder().optLetterCase(letterCase).build();
    }
}
