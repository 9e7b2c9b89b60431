package io.github.djlctc.spark.program;

import io.github.djlctc.decode.BeamSearchDecoder;
import io.github.djlctc.decode.CTCDecoder;
import io.github.djlctc.decode.GreedyDecoder;
import io.github.djlctc.decode.LabelPrior;
import io.github.djlctc.emission.EmissionScale;
import io.github.djlctc.examples.common.command.OptionRules;
import io.github.djlctc.examples.common.command.SearchOptions;
import io.github.djlctc.examples.common.command.WeightOptions;
import io.github.djlctc.text.Alphabet;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;

/**
 * Options of the decoder, as {@code ctc-decode decode} has them. They are a command of their own,
 * so that executors can parse them again.
 */
@Command
final class DecodingOptions {

    @Spec(Spec.Target.SELF)
    private CommandSpec own;

    @Option(
            names = "--greedy",
            description = "Take the likeliest class of each frame, instead of a beam search.")
    private boolean greedy;

    @Mixin private SearchOptions search;
    @Mixin private WeightOptions weights;

    @Option(
            names = "--nbest",
            paramLabel = "N",
            description = "How many hypotheses to write (default: 1).")
    private Integer nBest;

    boolean isGreedy() {
        return greedy;
    }

    boolean hasLanguageModel() {
        return search.hasLanguageModel();
    }

    /** Rejects what contradicts itself, before anything is read. */
    void check(OptionRules rules) {
        if (greedy) {
            search.rejectAll("with --greedy");
            weights.rejectAll("with --greedy");
            rules.rejectMeaningless("with --greedy", "--nbest");
        }
        search.check();
        weights.check(search);
        if (nBest != null) {
            rules.requireWithin(1, WeightOptions.MOST_HYPOTHESES, "--nbest", nBest);
        }
    }

    /**
     * Builds the decoder.
     *
     * @param scale what the emissions are
     * @param prior the label prior, or null
     * @throws picocli.CommandLine.ParameterException if a value is out of its range, or nothing of
     *     a file fits the alphabet
     */
    CTCDecoder build(Alphabet alphabet, EmissionScale scale, LabelPrior prior, double priorWeight)
            throws IOException {
        if (greedy) {
            return new GreedyDecoder(alphabet, scale);
        }
        BeamSearchDecoder.Builder builder = search.builder(alphabet).optEmissionScale(scale);
        weights.applyTo(builder);
        if (nBest != null) {
            builder.optNBest(nBest);
        }
        if (prior != null) {
            builder.optLabelPrior(prior, priorWeight);
        }
        return new OptionRules(own).checked(builder::build);
    }
}
