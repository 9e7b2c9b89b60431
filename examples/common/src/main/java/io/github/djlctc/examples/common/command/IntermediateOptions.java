package io.github.djlctc.examples.common.command;

import io.github.djlctc.examples.common.model.IntermediateConfig;
import io.github.djlctc.examples.common.model.IntermediateConfig.Conditioning;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Options of CTC heads between the LSTM layers of a new model. */
public final class IntermediateOptions {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--intermediate",
            paramLabel = "W",
            description =
                    "Train a CTC head after every LSTM layer but the last, too; W is the share of"
                            + " their loss, above 0 and below 1 (0.3 is usual; default: no heads).")
    private Double weight;

    @Option(
            names = "--self-conditioning",
            description =
                    "Tell the layers after a head of --intermediate what it predicts, in training"
                            + " and in use.")
    private boolean selfConditioning;

    /** Creates the options; picocli sets them. */
    public IntermediateOptions() {}

    /**
     * Returns the heads.
     *
     * @return the heads, or null if there are none
     * @throws picocli.CommandLine.ParameterException if the options do not fit together, or the
     *     weight is out of its range
     */
    public IntermediateConfig config() {
        OptionRules rules = new OptionRules(spec);
        if (weight == null) {
            rules.rejectMeaningless("without --intermediate", "--self-conditioning");
            return null;
        }
        return rules.checked(
                () ->
                        new IntermediateConfig(
                                weight, selfConditioning ? Conditioning.SELF : Conditioning.NONE));
    }
}
