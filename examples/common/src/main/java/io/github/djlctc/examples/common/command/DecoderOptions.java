package io.github.djlctc.examples.common.command;

import io.github.djlctc.decode.BeamSearchDecoder;
import io.github.djlctc.examples.common.decoding.FolderDecoder;
import io.github.djlctc.examples.common.decoding.KnownWords;
import io.github.djlctc.examples.common.decoding.ModelDecoder;
import io.github.djlctc.examples.common.decoding.SearchKnowledge;
import io.github.djlctc.examples.common.serving.ServingArguments;
import io.github.djlctc.examples.common.train.RecognitionModel;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * The decoder of a command that uses a trained model: what the options ask for; else what {@code
 * decoder.json} in the folder of the model says; else the greedy decoder.
 *
 * <p>A language model or a lexicon of the options replaces those of the folder with their weights.
 * Without either, the other options change the decoder of the folder.
 */
public final class DecoderOptions {

    private static final String GREEDY = "--greedy";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = GREEDY,
            description =
                    "Take the likeliest class of each frame, instead of a beam search with the"
                            + " language model and lexicon of the model's folder.")
    private boolean greedy;

    @Mixin private BeamSearchOptions search;

    /** Creates the options; picocli sets them. */
    public DecoderOptions() {}

    /**
     * Rejects options that contradict themselves or the folder, before the model is loaded.
     *
     * @param folder the folder of the model
     * @throws ParameterException if some do
     * @throws IOException if the folder's decoder is damaged
     */
    public void check(Path folder) throws IOException {
        if (greedy) {
            search.rejectAll("with " + GREEDY);
            return;
        }
        FolderDecoder base = base(folder);
        if (base.isGreedy()) {
            search.rejectWithoutKnowledge();
            search.check();
        } else {
            search.checkOver(base);
        }
    }

    /**
     * Rejects options as {@link #check} does, for a command that asks for more than the best text
     * and so searches even where there is nothing but the logits to go by.
     *
     * @param folder the folder of the model
     * @param option the option that asks for it, which has no meaning with {@code --greedy}
     * @throws ParameterException if some do
     * @throws IOException if the folder's decoder is damaged
     */
    public void checkSearch(Path folder, String option) throws IOException {
        if (greedy) {
            rules().rejectMeaningless("with " + GREEDY, option);
            search.rejectAll("with " + GREEDY);
        }
        FolderDecoder base = base(folder);
        if (base.isGreedy()) {
            search.check();
        } else {
            search.checkOver(base);
        }
    }

    /** Returns the decoder that the options are added to. */
    private FolderDecoder base(Path folder) throws IOException {
        return greedy || search.hasTextModel()
                ? FolderDecoder.greedy()
                : FolderDecoder.read(folder);
    }

    /**
     * Reads the files of the decoder.
     *
     * @param folder the folder of the model
     * @param model the model
     * @return the decoder
     * @throws IOException if a file cannot be used
     * @throws ParameterException if a value is out of its range, or a file is of another model
     */
    public ModelDecoder load(Path folder, RecognitionModel model) throws IOException {
        FolderDecoder base = base(folder);
        SearchKnowledge knowledge = search.loadOver(base.load(model.alphabet()), model.alphabet());
        Consumer<BeamSearchDecoder.Builder> settings =
                builder -> {
                    base.applyWeights(builder);
                    search.applyNumbers(builder);
                };
        String name = base.isGreedy() ? "beam search" : base.name();
        return rules().checked(
                        () ->
                                base.isGreedy() && !search.hasKnowledge()
                                        ? ModelDecoder.greedy(model.decoder(), knowledge, settings)
                                        : ModelDecoder.search(
                                                name, model.decoder(), knowledge, settings));
    }

    /** Adds the decoder to the arguments of a model that is exported. */
    void addTo(ServingArguments arguments, Path folder) throws IOException {
        FolderDecoder base = base(folder);
        if (!base.isGreedy()) {
            base.addTo(arguments);
        }
        search.addTo(arguments);
    }

    private OptionRules rules() {
        return new OptionRules(spec.commandLine().getCommandSpec());
    }

    /**
     * Warns, on the standard error, of a language model of the options that knows less than half of
     * what was decoded.
     *
     * @param known what was counted in all that was decoded
     */
    public void warnOfUnknown(KnownWords known) {
        known.coverage().ifPresent(search::warnOfUnknown);
    }
}
