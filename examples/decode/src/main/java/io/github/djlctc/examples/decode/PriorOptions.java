package io.github.djlctc.examples.decode;

import io.github.djlctc.decode.LabelPrior;
import io.github.djlctc.examples.common.OutputFileException;
import io.github.djlctc.examples.common.command.OptionRules;
import io.github.djlctc.examples.common.command.PriorFileOptions;
import io.github.djlctc.examples.common.emission.Emissions;
import io.github.djlctc.examples.common.emission.PriorSample;
import io.github.djlctc.text.Alphabet;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The options of the label prior: from a file, or else estimated from the emissions. */
final class PriorOptions {

    static final String WRITE = "--write-prior";

    @Mixin private PriorFileOptions given;

    @Option(
            names = WRITE,
            paramLabel = "FILE",
            description =
                    "Write the label prior that is estimated from these emissions, for --prior."
                            + " With --lm and without --prior it is used here too. Of more than a"
                            + " million frames, every second utterance, third or so is read for"
                            + " it.")
    private Path written;

    void rejectAll(String circumstance, OptionRules rules) {
        given.rejectAll(circumstance, rules);
        rules.rejectMeaningless(circumstance, WRITE);
    }

    /** Rejects what contradicts itself, before anything is read. */
    void check(OptionRules rules) {
        given.check(rules);
        rules.rejectOverwriting(WRITE);
        if (given.file().isPresent()) {
            rules.rejectMeaningless("with " + PriorFileOptions.FILE, WRITE);
        }
        if (written == null) {
            return;
        }
        Path folder = written.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw rules.wrong(WRITE + ": there is no folder " + folder);
        }
    }

    /** Returns the file that the prior is written to. */
    Optional<Path> written() {
        return Optional.ofNullable(written);
    }

    /**
     * Reads or estimates the prior, and writes it if it is wanted.
     *
     * @param hasLanguageModel whether there is a language model, which is what a prior is for
     */
    UsedPrior prior(
            Alphabet alphabet, Emissions emissions, boolean hasLanguageModel, OptionRules rules)
            throws IOException {
        double weight = given.weight();
        Optional<LabelPrior> read = given.read(alphabet, rules);
        if (read.isPresent()) {
            return UsedPrior.ofFile(read.get(), weight, given.file().get());
        }
        boolean used = given.isUsed(hasLanguageModel);
        long frames = emissions.totalFrames();
        if (frames < PriorFileOptions.LEAST_FRAMES) {
            if (written != null) {
                throw rules.wrong(
                        "%s: %s".formatted(WRITE, UsedPrior.tooFew(frames, "give more emissions")));
            }
            return used ? UsedPrior.ofTooFew(frames) : UsedPrior.none();
        }
        if (!used && written == null) {
            return UsedPrior.none();
        }
        PriorSample sample = PriorSample.of(emissions);
        LabelPrior prior = rules.checked(() -> LabelPrior.estimate(alphabet, sample));
        if (written != null) {
            OutputFileException.guard(written, () -> prior.write(written));
        }
        return used ? UsedPrior.ofEstimate(prior, weight, sample) : UsedPrior.none();
    }
}
