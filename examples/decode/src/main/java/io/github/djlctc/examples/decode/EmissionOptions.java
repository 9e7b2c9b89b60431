package io.github.djlctc.examples.decode;

import io.github.djlctc.examples.decode.data.EmissionReader;
import io.github.djlctc.examples.decode.data.References;
import io.github.djlctc.examples.decode.data.Utterance;
import io.github.djlctc.text.Alphabet;
import io.github.djlctc.text.LetterCase;
import io.github.djlctc.text.SubwordStyle;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;

/** Options that name the output of the CTC model. */
final class EmissionOptions {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--emissions",
            required = true,
            paramLabel = "NPZ",
            description =
                    "Logits or log probabilities: an .npz archive, a folder of .npy files, or one"
                            + " such file, with a float array (frames, classes) for each utterance,"
                            + " named by its id.")
    private Path emissions;

    @Option(
            names = "--alphabet",
            required = true,
            paramLabel = "FILE",
            description =
                    "The classes in order: a token a line, or a vocab.json. <blank> or <pad> is the"
                            + " blank (or else the first line), <space> or | the word delimiter.")
    private Path alphabet;

    @Option(
            names = "--subwords",
            paramLabel = "STYLE",
            description =
                    "How tokens show where words begin: ${COMPLETION-CANDIDATES} (default: by their"
                            + " marks, \u2581 or ##).")
    private SubwordStyle subwords;

    @Option(
            names = "--letter-case",
            defaultValue = "keep",
            paramLabel = "CASE",
            description =
                    "What becomes of the letters of texts, of references, lexicons and language"
                            + " models too: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private LetterCase letterCase;

    @Option(
            names = "--normalization",
            paramLabel = "FORM",
            description =
                    "The Unicode normalization of texts: ${COMPLETION-CANDIDATES} (default: none).")
    private Normalizer.Form normalization;

    Alphabet readAlphabet() throws IOException {
        Alphabet tokens =
                alphabet.toString().endsWith(".json")
                        ? Alphabet.readVocabJson(alphabet)
                        : Alphabet.read(alphabet);
        Alphabet.Builder builder =
                tokens.toBuilder().optSubwords(subwords(tokens)).optLetterCase(letterCase);
        if (normalization != null) {
            builder.optNormalization(normalization);
        }
        return builder.build();
    }

    private SubwordStyle subwords(Alphabet tokens) {
        if (subwords != null) {
            return subwords;
        }
        SubwordStyle found = SubwordStyle.of(tokens.tokens());
        if (found != SubwordStyle.NONE) {
            spec.commandLine()
                    .getErr()
                    .println(
                            "note: tokens have the marks of subwords, so --subwords is "
                                    + found.name().toLowerCase(Locale.ROOT));
        }
        return found;
    }

    List<Utterance> readUtterances(Alphabet tokens) throws IOException {
        return new EmissionReader(emissions, tokens).read();
    }

    /** Reads the references, and warns of utterances that only one side has. */
    References readReferences(Path file, List<Utterance> utterances) throws IOException {
        References references = References.read(file);
        for (String mismatch : references.mismatches(utterances)) {
            spec.commandLine().getErr().println("warning: " + mismatch);
        }
        return references;
    }
}
