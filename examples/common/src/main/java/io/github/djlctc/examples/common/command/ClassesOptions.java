package io.github.djlctc.examples.common.command;

import io.github.djlctc.examples.common.Printable;
import io.github.djlctc.text.Alphabet;
import io.github.djlctc.text.LetterCase;
import io.github.djlctc.text.SubwordStyle;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.Locale;

/** Options that tell the classes of a model. */
public final class ClassesOptions {

    /** The command, or another mixin that these options are part of. */
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--alphabet",
            required = true,
            paramLabel = "FILE",
            description =
                    "The classes: a token a line, in order; tokens with their ids, as in tokens.txt"
                            + " of k2 and units.txt of WeNet; vocab.json, tokenizer.json,"
                            + " SentencePiece's .vocab, or what Alphabet.write wrote. Others need"
                            + " --vocabulary-format. <blank>, <blk> or <pad> is the blank, <space>"
                            + " or | the word delimiter.")
    private Path alphabet;

    @Mixin private VocabularyOptions vocabulary;

    @Option(
            names = "--subwords",
            paramLabel = "STYLE",
            description =
                    "How tokens show where words begin: ${COMPLETION-CANDIDATES} (default: by their"
                            + " marks, \u2581 or ##).")
    private SubwordStyle subwords;

    @Option(
            names = "--letter-case",
            paramLabel = "CASE",
            description =
                    "What becomes of the letters of texts, of references, lexicons and language"
                            + " models too: ${COMPLETION-CANDIDATES} (default: keep, or what"
                            + " Alphabet.write wrote).")
    private LetterCase letterCase;

    @Option(
            names = "--normalization",
            paramLabel = "FORM",
            description =
                    "The Unicode normalization of texts: ${COMPLETION-CANDIDATES} (default: none).")
    private Normalizer.Form normalization;

    /** Creates the options; picocli sets them. */
    public ClassesOptions() {}

    /**
     * Reads the classes, and notes on the standard error what was found out about them.
     *
     * @param model tells whether the model has as many classes as an alphabet
     * @return the classes; without k2's disambiguation symbols, where the model has none for them
     * @throws IOException if a file cannot be read
     * @throws picocli.CommandLine.ParameterException if the options do not fit the file
     */
    public Alphabet read(ModelClasses model) throws IOException {
        Alphabet tokens = withClassesOf(model, readVocabulary());
        Alphabet.Builder builder = tokens.toBuilder();
        if (subwords != null) {
            builder.optSubwords(subwords);
        } else if (tokens.subwords() != SubwordStyle.NONE) {
            note(
                    "tokens have the marks of subwords, so --subwords is "
                            + tokens.subwords().name().toLowerCase(Locale.ROOT));
        }
        if (letterCase != null) {
            builder.optLetterCase(letterCase);
        }
        if (normalization != null) {
            builder.optNormalization(normalization);
        }
        return builder.build();
    }

    private Alphabet readVocabulary() throws IOException {
        Alphabet read;
        try {
            read = vocabulary.read(alphabet);
        } catch (IllegalArgumentException e) {
            throw new OptionRules(spec.commandLine().getCommandSpec())
                    .wrong(e.getMessage() + ": " + alphabet);
        }
        for (String note : vocabulary.notes(alphabet, read)) {
            note(note);
        }
        return read;
    }

    /** Leaves out k2's disambiguation symbols, where the model has no classes for them. */
    private Alphabet withClassesOf(ModelClasses model, Alphabet tokens) throws IOException {
        Alphabet classes = tokens.withoutDisambiguationSymbols();
        if (classes.size() == tokens.size() || !model.fit(classes)) {
            return tokens;
        }
        note("the disambiguation symbols at the end of " + alphabet + " are no classes");
        return classes;
    }

    private void note(String note) {
        spec.commandLine().getErr().println("note: " + Printable.line(note));
    }

    /** Knows how many classes a model has. */
    @FunctionalInterface
    public interface ModelClasses {

        /**
         * Tells whether the model has as many classes as an alphabet.
         *
         * @param alphabet an alphabet
         * @return whether it may be that of the model
         * @throws IOException if that cannot be found out
         */
        boolean fit(Alphabet alphabet) throws IOException;
    }
}
