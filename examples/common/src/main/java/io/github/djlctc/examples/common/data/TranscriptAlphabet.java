package io.github.djlctc.examples.common.data;

import io.github.djlctc.text.Alphabet;
import io.github.djlctc.text.LetterCase;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The alphabet of a corpus: the blank, every character of its transcripts, and the space, unless
 * they are of a script that is written without.
 */
public final class TranscriptAlphabet {

    private TranscriptAlphabet() {}

    /**
     * Collects the characters of transcripts.
     *
     * @param samples the samples with the transcripts
     * @param letterCase what becomes of letters
     * @return the alphabet, in the order of the characters' codes
     */
    public static Alphabet of(List<? extends CorpusSample> samples, LetterCase letterCase) {
        // Normalisation depends on the letter case only, so this alphabet can stand in for the
        // result.
        Alphabet normalising =
                Alphabet.ofCharacters(" ").toBuilder().optLetterCase(letterCase).build();
        TreeSet<Integer> characters = new TreeSet<>();
        for (CorpusSample sample : samples) {
            normalising.normalize(sample.text()).codePoints().forEach(characters::add);
        }
        if (characters.isEmpty() || !alphabet(characters, letterCase).joinsWords()) {
            characters.add((int) ' ');
        }
        return alphabet(characters, letterCase);
    }

    private static Alphabet alphabet(Set<Integer> characters, LetterCase letterCase) {
        StringBuilder text = new StringBuilder();
        characters.forEach(text::appendCodePoint);
        return Alphabet.ofCharacters(text.toString()).toBuilder().optLetterCase(letterCase).build();
    }
}
