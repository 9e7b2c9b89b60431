package io.github.djlctc.examples.common.command;

import io.github.djlctc.decode.BeamSearchDecoder;
import io.github.djlctc.decode.LabelPrior;
import io.github.djlctc.text.Alphabet;

import picocli.CommandLine.ParameterException;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;

/** The beam search that options ask for. */
public final class BeamSearchChoice {

    private static final String WITHOUT = "without --lm, --lexicon or --hotwords";

    private final SearchOptions search;
    private final WeightOptions weights;
    private final PriorFileOptions prior;
    private final OptionRules rules;

    /**
     * Combines options.
     *
     * @param search what is known besides the emissions
     * @param weights how much that counts
     * @param prior the label prior
     * @param rules the rules of the command
     */
    public BeamSearchChoice(
            SearchOptions search,
            WeightOptions weights,
            PriorFileOptions prior,
            OptionRules rules) {
        this.search = search;
        this.weights = weights;
        this.prior = prior;
        this.rules = rules;
    }

    /**
     * Rejects all options but those of the files, where there is nothing but the emissions to go by
     * and so nothing to search.
     *
     * @throws ParameterException if one was given
     */
    public void rejectWithoutKnowledge() {
        if (!search.hasKnowledge()) {
            search.rejectAll(WITHOUT);
            weights.rejectAll(WITHOUT);
            prior.rejectAll(WITHOUT, rules);
        }
    }

    /**
     * Rejects options that contradict themselves, before anything is read.
     *
     * @throws ParameterException if some do
     */
    public void check() {
        if (prior.file().isEmpty()) {
            rules.rejectMeaningless("without " + PriorFileOptions.FILE, PriorFileOptions.WEIGHT);
        }
        search.check();
        weights.check(search);
    }

    /**
     * Reads the files and creates the decoder.
     *
     * @param alphabet the classes
     * @param more sets what is not among the options
     * @return the decoder
     * @throws IOException if a file cannot be read
     * @throws ParameterException if a value is out of its range
     */
    public BeamSearchDecoder decoder(Alphabet alphabet, Consumer<BeamSearchDecoder.Builder> more)
            throws IOException {
        BeamSearchDecoder.Builder builder = search.builder(alphabet);
        Optional<LabelPrior> read = prior.read(alphabet, rules);
        return rules.checked(
                () -> {
                    weights.applyTo(builder);
                    read.ifPresent(labels -> builder.optLabelPrior(labels, prior.weight()));
                    more.accept(builder);
                    return builder.build();
                });
    }
}
