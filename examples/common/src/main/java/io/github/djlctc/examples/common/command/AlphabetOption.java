package io.github.djlctc.examples.common.command;

import io.github.djlctc.examples.common.data.Corpus;
import io.github.djlctc.examples.common.data.TranscriptAlphabet;
import io.github.djlctc.text.Alphabet;
import io.github.djlctc.text.LetterCase;

import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.file.Path;

/** The option that gives a new model its classes. */
public final class AlphabetOption {

    @Option(
            names = "--alphabet",
            paramLabel = "FILE",
            description =
                    "The classes: a token a line; tokens with their ids, as in tokens.txt of k2 and"
                            + " units.txt of WeNet; vocab.json or tokenizer.json; or what"
                            + " Alphabet.write wrote (default: the characters of the training"
                            + " transcripts).")
    private Path file;

    /** Creates the option; picocli sets it. */
    public AlphabetOption() {}

    /**
     * Returns the classes of a model for a corpus.
     *
     * @param corpus what it is to be trained on
     * @param letterCase what becomes of letters
     * @return the alphabet of the file, or else that of the training transcripts
     * @throws IOException if the file cannot be read
     */
    public Alphabet alphabet(Corpus<?> corpus, LetterCase letterCase) throws IOException {
        if (file == null) {
            return TranscriptAlphabet.of(corpus.givenForTraining(), letterCase);
        }
        Alphabet alphabet = Alphabet.read(file).withoutDisambiguationSymbols();
        return alphabet.toBuilder().optLetterCase(letterCase).build();
    }
}
