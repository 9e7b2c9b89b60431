package io.github.djlctc.examples.htr;

import io.github.djlctc.examples.common.command.AlphabetOption;
import io.github.djlctc.examples.common.command.OptionRules;
import io.github.djlctc.examples.common.data.Corpus;
import io.github.djlctc.examples.htr.corpus.LineSample;
import io.github.djlctc.examples.htr.model.ModelSize;
import io.github.djlctc.text.Alphabet;
import io.github.djlctc.text.LetterCase;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;

/** Options that say what a new model reads and writes: the height of lines, and its classes. */
final class InputOptions {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--height",
            paramLabel = "N",
            description = "The height that lines are brought to, in pixels; a multiple of 8.")
    private Integer height;

    @Mixin private AlphabetOption alphabet;

    @Option(
            names = "--letter-case",
            defaultValue = "keep",
            paramLabel = "CASE",
            description =
                    "What becomes of letters: ${COMPLETION-CANDIDATES} (default:"
                            + " ${DEFAULT-VALUE}).")
    private LetterCase letterCase;

    /** Returns a size with the height of the option, if it was given. */
    ModelSize size(ModelSize preset) {
        return height == null
                ? preset
                : new OptionRules(spec).checked(() -> preset.withHeight(height));
    }

    LetterCase letterCase() {
        return letterCase;
    }

    Alphabet alphabet(Corpus<LineSample> corpus) throws IOException {
        return alphabet.alphabet(corpus, letterCase);
    }
}
