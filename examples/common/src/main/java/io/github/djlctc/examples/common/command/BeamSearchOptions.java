package io.github.djlctc.examples.common.command;

import io.github.djlctc.decode.BeamSearchDecoder;
import io.github.djlctc.decode.LabelPrior;
import io.github.djlctc.decode.LanguageModelCoverage;
import io.github.djlctc.examples.common.decoding.FolderDecoder;
import io.github.djlctc.examples.common.decoding.SearchKnowledge;
import io.github.djlctc.examples.common.serving.ServingArguments;
import io.github.djlctc.text.Alphabet;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;

/** All options of a beam search: what is known besides the emissions, and how much it counts. */
public final class BeamSearchOptions {

    private static final String WITHOUT = "without --lm, --lexicon or --hotwords";

    /** The command, or another mixin that these options are part of. */
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Mixin private SearchOptions search;
    @Mixin private WeightOptions weights;
    @Mixin private PriorFileOptions prior;

    /** Creates the options; picocli sets them. */
    public BeamSearchOptions() {}

    /**
     * Tells whether there is anything but the emissions to go by.
     *
     * @return true with a language model, a lexicon or hotwords
     */
    public boolean hasKnowledge() {
        return search.hasKnowledge();
    }

    /**
     * Tells whether a language model or a lexicon is given, which replace those of a model's
     * folder.
     */
    boolean hasTextModel() {
        return search.hasTextModel();
    }

    /**
     * Rejects all options but those of the files, where there is nothing but the emissions to go by
     * and so nothing to search.
     *
     * @throws ParameterException if one was given
     */
    public void rejectWithoutKnowledge() {
        if (!search.hasKnowledge()) {
            rejectAll(WITHOUT);
        }
    }

    /**
     * Rejects all of them, for a decoder that searches nothing.
     *
     * @param circumstance why: "with --greedy"
     * @throws ParameterException if one was given
     */
    public void rejectAll(String circumstance) {
        search.rejectAll(circumstance);
        weights.rejectAll(circumstance);
        prior.rejectAll(circumstance, rules());
    }

    /**
     * Rejects options that contradict themselves, before anything is read.
     *
     * @throws ParameterException if some do
     */
    public void check() {
        checkPrior();
        search.check();
        weights.check(search);
    }

    /** Rejects options that contradict the decoder of a folder, which they are added to. */
    void checkOver(FolderDecoder base) {
        checkPrior();
        search.checkOver(base);
        weights.checkOver(base);
    }

    private void checkPrior() {
        prior.check(rules());
        if (prior.file().isEmpty()) {
            rules().rejectMeaningless("without " + PriorFileOptions.FILE, PriorFileOptions.WEIGHT);
        }
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
        SearchKnowledge knowledge = loadOver(SearchKnowledge.NONE, alphabet);
        return rules().checked(
                        () -> {
                            BeamSearchDecoder.Builder builder =
                                    BeamSearchDecoder.builder().setAlphabet(alphabet);
                            knowledge.applyTo(builder, alphabet);
                            applyNumbers(builder);
                            more.accept(builder);
                            return builder.build();
                        });
    }

    /**
     * Reads the files.
     *
     * @param base what there is besides; a language model or lexicon of the options replaces all of
     *     it
     */
    SearchKnowledge loadOver(SearchKnowledge base, Alphabet alphabet) throws IOException {
        SearchKnowledge given = search.load(alphabet);
        SearchKnowledge all = search.hasTextModel() ? given : base.withHotwords(given.hotwords());
        Optional<LabelPrior> read = prior.read(alphabet, rules());
        return read.isPresent() ? all.withLabelPrior(read.get(), prior.weight()) : all;
    }

    /** Sets what is in no file. */
    void applyNumbers(BeamSearchDecoder.Builder builder) {
        search.setNumbers(builder);
        weights.applyTo(builder);
    }

    /**
     * Warns, on the standard error, of a language model that knows less than half of what was
     * decoded.
     *
     * @param coverage how much it knows
     */
    public void warnOfUnknown(LanguageModelCoverage coverage) {
        search.warnOfUnknown(coverage);
    }

    /** Adds what was given to the arguments of a model that is exported. */
    void addTo(ServingArguments arguments) {
        search.addTo(arguments);
        weights.addTo(arguments);
        prior.addTo(arguments);
    }

    private OptionRules rules() {
        return new OptionRules(spec.commandLine().getCommandSpec());
    }
}
