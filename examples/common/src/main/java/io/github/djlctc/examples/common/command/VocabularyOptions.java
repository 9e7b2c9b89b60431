package io.github.djlctc.examples.common.command;

import io.github.djlctc.text.Alphabet;
import io.github.djlctc.text.AlphabetFormatException;
import io.github.djlctc.text.VocabularyFormat;

import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Options that say what a file of classes does not tell. */
public final class VocabularyOptions {

    private static final String NONE = "none";

    @Option(
            names = "--vocabulary-format",
            paramLabel = "FORMAT",
            description =
                    "The format of --alphabet: ${COMPLETION-CANDIDATES} (default: by its content,"
                            + " which does not tell the last four).")
    private VocabularyFormat format;

    @Option(
            names = "--blank",
            paramLabel = "TOKEN|ID",
            description =
                    "The blank: a class id if it is a number, else a token (default: as the format"
                            + " has it).")
    private String blank;

    @Option(
            names = "--word-delimiter",
            paramLabel = "TOKEN|none",
            description =
                    "The token between words, or none (default: <space>, a space or |, if it is"
                            + " there).")
    private String wordDelimiter;

    /** Creates the options; picocli sets them. */
    public VocabularyOptions() {}

    /**
     * Reads a file of classes.
     *
     * @param file the file
     * @return the classes
     * @throws IOException if the file cannot be read, or is of another format
     * @throws IllegalArgumentException if there is no such word delimiter
     */
    public Alphabet read(Path file) throws IOException {
        Alphabet alphabet = checked(file);
        if (wordDelimiter == null) {
            return alphabet;
        }
        return wordDelimiter.equals(NONE)
                ? alphabet.toBuilder().optNoWordDelimiter().build()
                : alphabet.toBuilder().optWordDelimiter(wordDelimiter).build();
    }

    private Alphabet checked(Path file) throws IOException {
        try {
            return readClasses(file);
        } catch (AlphabetFormatException e) {
            if (!e.needsName()) {
                throw e;
            }
            throw new IOException(e.getMessage() + " (--vocabulary-format, --blank)", e);
        }
    }

    private Alphabet readClasses(Path file) throws IOException {
        if (format == null && blank == null) {
            return Alphabet.read(file);
        }
        VocabularyFormat named = format == null ? VocabularyFormat.of(file) : format;
        return blank == null ? Alphabet.read(file, named) : Alphabet.read(file, named, blank);
    }

    /**
     * Returns what was assumed of a file, and the options that say otherwise.
     *
     * @param file the file
     * @param alphabet its classes
     * @return sentences, none if nothing is in doubt
     * @throws IOException if the file cannot be read
     */
    public List<String> notes(Path file, Alphabet alphabet) throws IOException {
        List<String> notes = new ArrayList<>();
        String token = alphabet.token(alphabet.blank());
        if (blank == null && token.equals("<s>")) {
            notes.add(
                    "the blank is <s>, as in fairseq, which has it before <pad>, </s> and <unk>;"
                            + " --blank names another");
        }
        if (blank == null
                && format == null
                && VocabularyFormat.of(file) == VocabularyFormat.SENTENCEPIECE
                && alphabet.blank() == alphabet.size() - 1) {
            notes.add(
                    "the blank is class "
                            + alphabet.blank()
                            + ", behind all pieces, as NeMo has it; --blank names another");
        }
        if (wordDelimiter == null && isDoubtfulDelimiter(alphabet)) {
            notes.add(
                    "| is taken for the token between words, though there are characters of a"
                            + " script without spaces; if it is not, give --word-delimiter none");
        }
        return notes;
    }

    private static boolean isDoubtfulDelimiter(Alphabet alphabet) {
        return alphabet.wordDelimiter().isPresent()
                && alphabet.token(alphabet.wordDelimiter().getAsInt()).equals("|")
                && alphabet.toBuilder().optNoWordDelimiter().build().joinsWords();
    }
}
