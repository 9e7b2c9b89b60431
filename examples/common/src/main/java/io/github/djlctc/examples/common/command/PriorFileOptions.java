package io.github.djlctc.examples.common.command;

import io.github.djlctc.decode.LabelPrior;
import io.github.djlctc.examples.common.serving.ServingArguments;
import io.github.djlctc.text.Alphabet;

import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** The label prior of a beam search, as a file gives it, and its weight. */
public final class PriorFileOptions {

    /** The option that names the file. */
    public static final String FILE = "--prior";

    /** The option of the weight. */
    public static final String WEIGHT = "--prior-weight";

    /**
     * The least to estimate a prior from. On AN4, priors of fewer frames were in some draws worse
     * than none (docs/measurements/decoding.md).
     */
    public static final long LEAST_FRAMES = 2000;

    private static final double DEFAULT_WEIGHT = 0.5;

    @Option(
            names = FILE,
            paramLabel = "FILE",
            description =
                    "How common each label is in what the model gives, as \"ctc-decode decode"
                            + " --write-prior\" wrote it.")
    private Path file;

    @Option(
            names = WEIGHT,
            paramLabel = "X",
            description =
                    "The share of the model's preference for common labels to take away, 0 to 1"
                            + " (default: 0.5 where there is a label prior).")
    private Double weight;

    /** Creates the options; picocli sets them. */
    public PriorFileOptions() {}

    /**
     * Rejects all of them, for a decoder that uses no prior.
     *
     * @param circumstance why: "with --greedy"
     * @param rules the rules of the command
     * @throws ParameterException if one was given
     */
    public void rejectAll(String circumstance, OptionRules rules) {
        rules.rejectMeaningless(circumstance, FILE, WEIGHT);
    }

    /**
     * Rejects a weight out of its range, even where it would not be used.
     *
     * @param rules the rules of the command
     * @throws ParameterException if it is not from 0 to 1
     */
    public void check(OptionRules rules) {
        if (weight != null && !(weight >= 0 && weight <= 1)) {
            throw rules.wrong(WEIGHT + " must be from 0 to 1, but is " + weight);
        }
    }

    /**
     * Returns the file.
     *
     * @return the file; nothing if none was given
     */
    public Optional<Path> file() {
        return Optional.ofNullable(file);
    }

    /**
     * Returns the weight for where there is a prior.
     *
     * @return that of the option, or else the default
     */
    public double weight() {
        return weight == null ? DEFAULT_WEIGHT : weight;
    }

    /**
     * Tells whether a weight was given.
     *
     * @return false if {@link #weight} is the default
     */
    public boolean hasWeight() {
        return weight != null;
    }

    /**
     * Tells whether a prior is estimated where no file gives one.
     *
     * @param hasLanguageModel whether there is a language model, which is what a prior is for
     * @return whether it has a weight, of the option or, with a language model, the default
     */
    public boolean isUsed(boolean hasLanguageModel) {
        return weight() != 0 && (hasWeight() || hasLanguageModel);
    }

    /**
     * Reads the file.
     *
     * @param alphabet the classes that it must be of
     * @param rules the rules of the command
     * @return the prior; nothing if no file was given
     * @throws IOException if the file cannot be read, or holds no prior
     * @throws ParameterException if it is of other classes
     */
    public Optional<LabelPrior> read(Alphabet alphabet, OptionRules rules) throws IOException {
        if (file == null) {
            return Optional.empty();
        }
        LabelPrior prior = LabelPrior.read(file);
        Optional<String> mismatch = prior.mismatch(alphabet);
        if (mismatch.isPresent()) {
            throw rules.wrong(
                    "%s %s: %s; take a prior of the same model"
                            .formatted(FILE, file, mismatch.get()));
        }
        return Optional.of(prior);
    }

    /**
     * Adds what was given to the arguments of a model that is exported.
     *
     * @param arguments takes it, under the names of {@link io.github.djlctc.serving.CtcArguments}
     */
    public void addTo(ServingArguments arguments) {
        arguments.addFile("ctc.labelPrior", file, "label-prior");
        if (file != null) {
            arguments.add("ctc.labelPriorWeight", weight());
        }
    }
}
