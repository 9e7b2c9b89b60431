package io.github.djlctc.examples.common.command;

import io.github.djlctc.decode.LexiconFit;
import io.github.djlctc.lm.Lexicon;
import io.github.djlctc.lm.NotALexiconException;
import io.github.djlctc.lm.Spelling;
import io.github.djlctc.text.Alphabet;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Reads the lexicon of a command, and says on its standard error how it is used and fits. */
final class LexiconChoice {

    private static final String LETTER_CASE = "--letter-case";

    private final CommandSpec spec;
    private final Path file;

    LexiconChoice(CommandSpec spec, Path file) {
        this.spec = spec;
        this.file = file;
    }

    /**
     * Reads the lexicon.
     *
     * @throws ParameterException if the alphabet can spell none of its words
     */
    Lexicon read(Alphabet alphabet) throws IOException {
        Lexicon lexicon = readFile();
        if (lexicon.spellings().isEmpty()) {
            check(LexiconFit.of(lexicon, alphabet));
        } else {
            print("note: " + file + " gives words with their spellings");
            warnOfWordsSpelledAlike(lexicon.spelledAlike());
        }
        return lexicon;
    }

    private Lexicon readFile() throws IOException {
        try {
            return Lexicon.read(file);
        } catch (NotALexiconException e) {
            throw new IOException(e.getMessage() + " (--lm " + file + " --lexicon lm)", e);
        }
    }

    private void check(LexiconFit fit) {
        String text = "--lexicon %s: %s%s".formatted(file, fit.description(), remedy(fit));
        if (fit.usable() == 0) {
            throw new OptionRules(spec).wrong(text);
        }
        if (fit.usable() < fit.words()) {
            print((fit.isEnough() ? "note: " : "warning: ") + text + "; others are passed over");
        }
    }

    private String remedy(LexiconFit fit) {
        return spec.findOption(LETTER_CASE) == null
                ? ""
                : fit.letterCase()
                        .map(c -> " (%s %s)".formatted(LETTER_CASE, c).toLowerCase(Locale.ROOT))
                        .orElse("");
    }

    private void warnOfWordsSpelledAlike(List<List<Spelling>> groups) {
        if (!groups.isEmpty()) {
            Spelling first = groups.get(0).get(0);
            Spelling second = groups.get(0).get(1);
            print(
                    "warning: %s: lines %d and %d spell \"%s\" and \"%s\" alike%s; the word that"
                                    .formatted(
                                            file,
                                            first.line(),
                                            second.line(),
                                            first.word(),
                                            second.word(),
                                            groups.size() == 1
                                                    ? ""
                                                    : " (one of " + groups.size() + " such cases)")
                            + " the language model finds likelier comes out, or else the first");
        }
    }

    private void print(String line) {
        spec.commandLine().getErr().println(line);
    }
}
