package io.github.djlctc.examples.common.command;

import io.github.djlctc.decode.BeamSearchDecoder;
import io.github.djlctc.examples.common.serving.ServingArguments;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The weights of the beam search that are tuned, and its width. */
public final class WeightOptions {

    private static final String LANGUAGE_MODEL_WEIGHT = "--alpha";
    private static final String BEAM_WIDTH = "--beam";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = LANGUAGE_MODEL_WEIGHT,
            paramLabel = "X",
            description = "The weight of the language model (default: 0.7).")
    private Double alpha;

    @Option(
            names = "--beta",
            paramLabel = "X",
            description = "What each word adds to the score (default: 2 with --lm, else 0).")
    private Double beta;

    @Option(
            names = BEAM_WIDTH,
            paramLabel = "N",
            description = "How many hypotheses to keep (default: 50).")
    private Integer beamWidth;

    /** Creates the options; picocli sets them. */
    public WeightOptions() {}

    /**
     * Rejects what has no meaning, before anything is read.
     *
     * @param search the other options of the beam search
     * @throws picocli.CommandLine.ParameterException if something has none
     */
    public void check(SearchOptions search) {
        OptionRules rules = new OptionRules(spec);
        if (beamWidth != null) {
            rules.requireAtLeast(1, BEAM_WIDTH, beamWidth);
        }
        if (!search.hasLanguageModel()) {
            rules.rejectMeaningless("without --lm", LANGUAGE_MODEL_WEIGHT);
        }
    }

    /**
     * Rejects all of them, for a decoder that searches nothing.
     *
     * @param circumstance why: "with --greedy"
     * @throws picocli.CommandLine.ParameterException if one was given
     */
    public void rejectAll(String circumstance) {
        new OptionRules(spec)
                .rejectMeaningless(circumstance, LANGUAGE_MODEL_WEIGHT, "--beta", BEAM_WIDTH);
    }

    /**
     * Sets those that were given.
     *
     * @param builder the builder of a decoder
     * @throws IllegalArgumentException if a value is out of its range
     */
    public void applyTo(BeamSearchDecoder.Builder builder) {
        if (alpha != null) {
            builder.optLanguageModelWeight(alpha);
        }
        if (beta != null) {
            builder.optWordInsertionBonus(beta);
        }
        if (beamWidth != null) {
            builder.optBeamWidth(beamWidth);
        }
    }

    /**
     * Adds what was given to the arguments of a model that is exported.
     *
     * @param arguments takes it, under the names of {@link io.github.djlctc.serving.CtcArguments}
     */
    public void addTo(ServingArguments arguments) {
        arguments.add("ctc.alpha", alpha);
        arguments.add("ctc.beta", beta);
        arguments.add("ctc.beamWidth", beamWidth);
    }
}
