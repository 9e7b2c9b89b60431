package io.github.djlctc.examples.common.command;

import io.github.djlctc.decode.BeamSearchDecoder;
import io.github.djlctc.decode.CTCDecoder;
import io.github.djlctc.decode.Hypothesis;
import io.github.djlctc.examples.common.decoding.FolderDecoder;
import io.github.djlctc.examples.common.decoding.ModelDecoder;
import io.github.djlctc.examples.common.decoding.SearchKnowledge;
import io.github.djlctc.examples.common.train.RecognitionModel;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;

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
        if (base.isGreedy() && !search.hasKnowledge()) {
            return ModelDecoder.greedy(model.decoder());
        }
        SearchKnowledge knowledge = search.loadOver(base.load(model.alphabet()), model.alphabet());
        try {
            return ModelDecoder.search(
                    base.isGreedy() ? "beam search" : base.name(),
                    model.decoder(),
                    knowledge,
                    builder -> {
                        base.applyWeights(builder);
                        search.applyNumbers(builder);
                    });
        } catch (IllegalArgumentException e) {
            throw new OptionRules(spec.commandLine().getCommandSpec()).wrong(e.getMessage());
        }
    }

    /**
     * Warns, on the standard error, of a language model of the options that knows less than half of
     * what was decoded.
     *
     * @param decoder what decoded it
     * @param hypotheses what was decoded
     */
    public void warnOfUnknown(CTCDecoder decoder, Collection<Hypothesis> hypotheses) {
        if (decoder instanceof BeamSearchDecoder found) {
            found.coverage(hypotheses).ifPresent(search::warnOfUnknown);
        }
    }
}
