package io.github.djlctc.examples.common.command;

import io.github.djlctc.decode.BeamSearchDecoder;
import io.github.djlctc.examples.common.decoding.FolderDecoder;
import io.github.djlctc.examples.common.serving.ServingArguments;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The weights of the beam search that are tuned, and its width. */
public final class WeightOptions {

    private static final String LANGUAGE_MODEL_WEIGHT = "--alpha";
    private static final String WORD_BONUS = "--beta";
    private static final String BEAM_WIDTH = "--beam";

    /** The widest beam; 100,000 hypotheses take 0.6 GB at the default thresholds. */
    public static final int MOST_HYPOTHESES = 100_000;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = LANGUAGE_MODEL_WEIGHT,
            paramLabel = "X",
            description = "The weight of the language model, 0 to 100 (default: 0.7).")
    private Double alpha;

    @Option(
            names = WORD_BONUS,
            paramLabel = "X",
            description = "What each word adds to the score (default: 2 with --lm, else 0).")
    private Double beta;

    @Option(
            names = BEAM_WIDTH,
            paramLabel = "N",
            description = "How many hypotheses to keep, 1 to 100000 (default: 50).")
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
        checkNumbers();
        if (!search.hasLanguageModel()) {
            rules().rejectMeaningless("without --lm", LANGUAGE_MODEL_WEIGHT);
        }
    }

    /**
     * Rejects what has no meaning, before anything is read.
     *
     * @param base the decoder of a folder, whose language model is used
     */
    void checkOver(FolderDecoder base) {
        checkNumbers();
        if (!base.hasLanguageModel()) {
            rules().rejectMeaningless("without a language model", LANGUAGE_MODEL_WEIGHT);
        }
    }

    private void checkNumbers() {
        if (beamWidth != null) {
            rules().requireWithin(1, MOST_HYPOTHESES, BEAM_WIDTH, beamWidth);
        }
        applyTo(BeamSearchDecoder.builder());
    }

    private OptionRules rules() {
        return new OptionRules(spec.commandLine().getCommandSpec());
    }

    /**
     * Rejects all of them, for a decoder that searches nothing.
     *
     * @param circumstance why: "with --greedy"
     * @throws picocli.CommandLine.ParameterException if one was given
     */
    public void rejectAll(String circumstance) {
        rules().rejectMeaningless(circumstance, LANGUAGE_MODEL_WEIGHT, WORD_BONUS, BEAM_WIDTH);
    }

    /**
     * Sets those that were given.
     *
     * @param builder the builder of a decoder
     * @throws picocli.CommandLine.ParameterException if a value is out of its range
     */
    public void applyTo(BeamSearchDecoder.Builder builder) {
        OptionRules rules = rules();
        rules.set(LANGUAGE_MODEL_WEIGHT, alpha, builder::optLanguageModelWeight);
        rules.set(WORD_BONUS, beta, builder::optWordInsertionBonus);
        rules.set(BEAM_WIDTH, beamWidth, builder::optBeamWidth);
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
