package io.github.djlctc.examples.decode;

import io.github.djlctc.emission.EmissionScale;
import io.github.djlctc.examples.common.Printable;
import io.github.djlctc.examples.common.command.ClassesOptions;
import io.github.djlctc.examples.common.emission.Emissions;
import io.github.djlctc.examples.common.emission.References;
import io.github.djlctc.text.Alphabet;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.file.Path;

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

    @Mixin private ClassesOptions classes;

    Alphabet readAlphabet() throws IOException {
        return classes.read(alphabet -> Emissions.firstFits(emissions, alphabet));
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
