package io.github.djlctc.examples.decode;

import io.github.djlctc.emission.EmissionScale;
import io.github.djlctc.examples.common.Printable;
import io.github.djlctc.examples.common.command.OptionRules;
import io.github.djlctc.examples.common.command.VocabularyOptions;
import io.github.djlctc.examples.common.emission.Emissions;
import io.github.djlctc.examples.common.emission.References;
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

/** Options that name the output of the CTC model. */
final class EmissionOptions {

    private static final String SCALE = "--emissions-are";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--emissions",
            required = true,
            paramLabel = "NPZ",
            description =
                    "What the model gave: an .npz archive, a folder of .npy files, or one"
                            + " such file, with a float array (frames, classes) for each utterance,"
                            + " named by its id; \"speech emissions\" and \"htr emissions\" write"
                            + " such archives.")
    private Path emissions;

    @Option(
            names = SCALE,
            defaultValue = "logits",
            paramLabel = "SCALE",
            description =
                    "What the emissions are: ${COMPLETION-CANDIDATES} (default:"
                            + " ${DEFAULT-VALUE}, which are logits or natural log probabilities).")
    private EmissionScale scale;

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

    Alphabet readAlphabet() throws IOException {
        Alphabet tokens = withClassesOfModel(readVocabulary());
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
            throw new OptionRules(spec).wrong(e.getMessage() + ": " + alphabet);
        }
        for (String note : vocabulary.notes(alphabet, read)) {
            note(note);
        }
        return read;
    }

    /** Leaves out k2's disambiguation symbols, where the model has no classes for them. */
    private Alphabet withClassesOfModel(Alphabet tokens) throws IOException {
        Alphabet classes = tokens.withoutDisambiguationSymbols();
        if (classes.size() == tokens.size() || !Emissions.firstFits(emissions, classes)) {
            return tokens;
        }
        note("the disambiguation symbols at the end of " + alphabet + " are no classes");
        return classes;
    }

    private void note(String note) {
        spec.commandLine().getErr().println("note: " + Printable.line(note));
    }

    /** Opens the emissions, to be closed by the caller, and warns of utterances without any. */
    Emissions open(Alphabet tokens) throws IOException {
        Emissions opened = Emissions.open(emissions, tokens, scale);
        for (int i = 0; i < opened.size(); i++) {
            if (opened.frames(i) == 0) {
                warn(
                        "utterance "
                                + opened.ids().get(i)
                                + ": there are no frames; its text is empty");
            }
        }
        return opened;
    }

    private void warn(String warning) {
        spec.commandLine().getErr().println("warning: " + Printable.line(warning));
    }

    /** Reads the references, and warns of utterances that only one side has. */
    References readReferences(Path file, Emissions opened) throws IOException {
        References references = References.read(file);
        for (String mismatch : references.mismatches(opened.ids())) {
            warn(mismatch);
        }
        return references;
    }
}
