package io.github.djlctc.examples.htr;

import io.github.djlctc.decode.BeamSearchDecoder;
import io.github.djlctc.decode.LabelPrior;
import io.github.djlctc.examples.common.command.OptionRules;
import io.github.djlctc.examples.common.command.PriorFileOptions;
import io.github.djlctc.examples.common.command.SearchOptions;
import io.github.djlctc.examples.common.command.WeightOptions;
import io.github.djlctc.text.Alphabet;

import java.io.IOException;
import java.util.Optional;

/** The beam search that options ask for. */
final class BeamSearch {

    private static final String WITHOUT = "without --lm, --lexicon or --hotwords";

    private BeamSearch() {}

    /** Rejects options that contradict themselves, or have no meaning in greedy decoding. */
    static void check(
            SearchOptions search,
            WeightOptions weights,
            PriorFileOptions prior,
            OptionRules rules) {
        if (!search.hasKnowledge()) {
            search.rejectAll(WITHOUT);
            weights.rejectAll(WITHOUT);
            prior.rejectAll(WITHOUT, rules);
        }
        if (prior.file().isEmpty()) {
            rules.rejectMeaningless("without " + PriorFileOptions.FILE, PriorFileOptions.WEIGHT);
        }
        search.check();
        weights.check(search);
    }

    static BeamSearchDecoder decoder(
            SearchOptions search,
            WeightOptions weights,
            PriorFileOptions prior,
            Alphabet alphabet,
            OptionRules rules)
            throws IOException {
        BeamSearchDecoder.Builder builder = search.builder(alphabet);
        Optional<LabelPrior> read = prior.read(alphabet, rules);
        return rules.checked(
                () -> {
                    weights.applyTo(builder);
                    read.ifPresent(labels -> builder.optLabelPrior(labels, prior.weight()));
                    return builder.build();
                });
    }
}
