package io.github.djlctc.examples.decode;

import io.github.djlctc.decode.BeamSearchDecoder;
import io.github.djlctc.decode.LabelPrior;
import io.github.djlctc.examples.common.command.OptionRules;
import io.github.djlctc.examples.common.command.SearchOptions;
import io.github.djlctc.examples.decode.data.Utterance;
import io.github.djlctc.text.Alphabet;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.util.List;

/** The option of the label prior, which is estimated from all the emissions. */
final class PriorOptions {

    private static final String WEIGHT = "--prior-weight";
    private static final double DEFAULT_WITH_LANGUAGE_MODEL = 0.5;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = WEIGHT,
            paramLabel = "X",
            description =
                    "The share of the model's preference for common labels to take away, 0 to 1; how"
                            + " common they are is estimated from all the emissions (default: 0.5 with"
                            + " --lm, else 0).")
    private Double weight;

    void reject(String circumstance) {
        new OptionRules(spec).rejectMeaningless(circumstance, WEIGHT);
    }

    /** Sets the prior, unless its weight is 0 or there are no emissions to estimate it from. */
    void applyTo(
            BeamSearchDecoder.Builder builder,
            SearchOptions search,
            Alphabet alphabet,
            List<Utterance> utterances) {
        double byDefault = search.hasLanguageModel() ? DEFAULT_WITH_LANGUAGE_MODEL : 0;
        double used = weight == null ? byDefault : weight;
        List<float[]> emissions = utterances.stream().map(Utterance::emissions).toList();
        boolean empty = emissions.stream().allMatch(values -> values.length == 0);
        if (used != 0 && !empty) {
            try {
                builder.optLabelPrior(LabelPrior.estimate(alphabet, emissions), used);
            } catch (IllegalArgumentException e) {
                throw new OptionRules(spec).wrong(e.getMessage());
            }
        }
    }
}
