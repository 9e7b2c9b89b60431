package io.github.djlctc.examples.common.decoding;

import io.github.djlctc.decode.BeamSearchDecoder;
import io.github.djlctc.decode.GreedyDecoder;
import io.github.djlctc.decode.LabelPrior;
import io.github.djlctc.examples.common.OutputFileException;
import io.github.djlctc.examples.common.console.ConsoleProgress;
import io.github.djlctc.examples.common.decoding.TextModelFiles.Restriction;
import io.github.djlctc.examples.common.decoding.TextModelFiles.TextModelException;
import io.github.djlctc.text.Alphabet;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.DoubleStream;

/**
 * Learns a language model and a lexicon from the texts of a training set, and finds the weights
 * with which a beam search makes the fewest errors on the validation set: on a coarse grid with and
 * without the lexicon's restriction and a label prior, and on a finer one around the best.
 *
 * <p>It depends on nothing but texts and logits, so that a run that is resumed ends with the same
 * files. Its result stands in {@code decoder.json}, which is written last.
 */
public final class DecoderTuning {

    /** The most frames of logits that are decoded at each setting, for tuning to take seconds. */
    public static final int MOST_FRAMES = 15_000;

    /**
     * The least to estimate a label prior from. On AN4, priors of fewer frames were in some draws
     * worse than none (docs/measurements/decoding.md).
     */
    public static final long LEAST_PRIOR_FRAMES = 2000;

    private static final int BEAM_WIDTH = 50;
    private static final double PRIOR_WEIGHT = 0.5;
    private static final double[] ALPHAS = {0.3, 0.6, 0.9, 1.3};
    private static final double[] BETAS = {0, 1.5, 3, 4.5};
    private static final double ALPHA_STEP = 0.15;
    private static final double BETA_STEP = 0.75;
    private static final int FINE_SETTINGS = 9;

    /** The share of the words of the validation set that the training set must have. */
    private static final double ENOUGH_KNOWN = 0.5;

    private final Path folder;
    private final GreedyDecoder greedy;
    private final EmittedSamples validation;

    private DecoderTuning(Path folder, GreedyDecoder greedy, EmittedSamples validation) {
        this.folder = folder;
        this.greedy = greedy;
        this.validation = validation;
    }

    /**
     * Forgets the decoder of an earlier training in the folder, so that a model that is not
     * finished is decoded greedily.
     *
     * @param folder the folder of a model
     * @throws IOException if a file cannot be deleted
     */
    public static void reset(Path folder) throws IOException {
        TextModelFiles.delete(folder);
    }

    /**
     * Writes the language model, the lexicon, the label prior and {@code decoder.json}.
     *
     * @param folder the folder of the model
     * @param greedy the greedy decoder of the model
     * @param texts the texts of the training set
     * @param moreWords words that may come besides those of the texts
     * @param validation what the model made of the validation set
     * @return what was chosen; a finished training does not fail because its texts cannot be learnt
     *     from
     * @throws IOException if a file cannot be written
     */
    public static TunedDecoder run(
            Path folder,
            GreedyDecoder greedy,
            List<String> texts,
            Collection<String> moreWords,
            EmittedSamples validation)
            throws IOException {
        DecoderTuning tuning = new DecoderTuning(folder, greedy, validation);
        TextModelFiles.delete(folder);
        try {
            Optional<TextModelFiles> files =
                    TextModelFiles.write(folder, greedy.alphabet(), texts, moreWords);
            if (files.isEmpty()) {
                return tuning.withoutSearch("the transcripts have no two words to learn");
            }
            double known = files.get().knownShare(validation.references());
            if (known < ENOUGH_KNOWN) {
                return tuning.withoutSearch(
                        String.format(
                                Locale.ROOT,
                                "the training set has %.0f %% of the words of the validation set",
                                100 * known));
            }
            return tuning.tune(files.get());
        } catch (TextModelException e) {
            return tuning.withoutSearch("no language model of the transcripts: " + e.getMessage());
        }
    }

    private TunedDecoder withoutSearch(String reason) throws IOException {
        TextModelFiles.delete(folder);
        FolderDecoder.write(folder, DecoderSettings.greedy());
        return TunedDecoder.withoutSearch(reason, validation.size(), validation.errors(greedy));
    }

    private TunedDecoder tune(TextModelFiles files) throws IOException {
        DecodingErrors ofGreedy = validation.errors(greedy);
        List<Variant> variants = variants(files);
        Variant best = null;
        TuningGrid bestGrid = null;
        long steps = (long) variants.size() * ALPHAS.length * BETAS.length + FINE_SETTINGS;
        try (ConsoleProgress progress = ConsoleProgress.start("tuning", steps, "settings")) {
            for (Variant variant : variants) {
                TuningGrid grid = new TuningGrid(ALPHAS, BETAS, new int[] {BEAM_WIDTH});
                decodeAll(variant, grid, progress);
                if (best == null
                        || grid.leastMeanErrors()
                                < bestGrid.leastMeanErrors() - TuningGrid.CHANCE) {
                    best = variant;
                    bestGrid = grid;
                }
            }
            WeightSetting coarse = bestGrid.steadiest();
            TuningGrid fine =
                    new TuningGrid(
                            around(coarse.alpha(), ALPHA_STEP),
                            around(coarse.beta(), BETA_STEP),
                            new int[] {BEAM_WIDTH});
            // Values below 0 count as 0, so that some of the fine grid may be the same.
            progress.stepBy(FINE_SETTINGS - fine.settings().size());
            decodeAll(best, fine, progress);
            WeightSetting chosen = fine.steadiest();
            return save(best, chosen, ofGreedy, fine.errors(chosen));
        }
    }

    /** Returns three values, none below 0 and with two decimals. */
    private static double[] around(double middle, double step) {
        return DoubleStream.of(middle - step, middle, middle + step)
                .map(value -> Math.round(100 * Math.max(0, value)) / 100.0)
                .toArray();
    }

    /** Returns the searches to compare, the simplest first, which is taken if none is better. */
    private List<Variant> variants(TextModelFiles files) throws IOException {
        Alphabet alphabet = greedy.alphabet();
        List<Restriction> restrictions = new ArrayList<>(List.of(Restriction.NONE));
        if (files.hasLexicon()) {
            restrictions.add(Restriction.LEXICON);
        }
        Optional<LabelPrior> prior =
                validation.frames() < LEAST_PRIOR_FRAMES
                        ? Optional.empty()
                        : Optional.of(validation.labelPrior());
        List<Variant> variants = new ArrayList<>();
        for (Restriction restriction : restrictions) {
            DecoderSettings plain =
                    files.settings(restriction, 0, new WeightSetting(BEAM_WIDTH, 0, 0));
            SearchKnowledge knowledge = FolderDecoder.of(folder, plain).load(alphabet);
            variants.add(new Variant(files, restriction, Optional.empty(), knowledge));
            prior.ifPresent(
                    labels ->
                            variants.add(
                                    new Variant(
                                            files,
                                            restriction,
                                            prior,
                                            knowledge.withLabelPrior(labels, PRIOR_WEIGHT))));
        }
        return variants;
    }

    private void decodeAll(Variant variant, TuningGrid grid, ConsoleProgress progress) {
        for (WeightSetting setting : grid.settings()) {
            BeamSearchDecoder.Builder builder =
                    BeamSearchDecoder.builder().setAlphabet(greedy.alphabet());
            variant.knowledge.applyTo(builder, greedy.alphabet());
            grid.record(setting, validation.errors(setting.applyTo(builder).build()));
            progress.step();
        }
    }

    private TunedDecoder save(
            Variant variant, WeightSetting weights, DecodingErrors ofGreedy, DecodingErrors found)
            throws IOException {
        double priorWeight = variant.prior.isPresent() ? PRIOR_WEIGHT : 0;
        if (variant.prior.isPresent()) {
            Path file = folder.resolve(TextModelFiles.LABEL_PRIOR);
            OutputFileException.guard(file, () -> variant.prior.get().write(file));
        }
        DecoderSettings settings =
                variant.files.settings(variant.restriction, priorWeight, weights);
        FolderDecoder search = FolderDecoder.of(folder, settings);
        // A language model knows more words than a few samples have.
        boolean helps = found.hasNoMoreWordErrorsThan(ofGreedy);
        FolderDecoder.write(folder, helps ? settings : DecoderSettings.greedy());
        ModelDecoder decoder =
                ModelDecoder.search(search.name(), greedy, variant.knowledge, search::applyWeights);
        return new TunedDecoder(
                helps ? TunedDecoder.Choice.SEARCH : TunedDecoder.Choice.GREEDY,
                settings.description(),
                Optional.of(decoder.decoding()),
                validation.size(),
                ofGreedy,
                Optional.of(found));
    }

    /** A search whose weights are still to be found. */
    private static final class Variant {

        private final TextModelFiles files;
        private final Restriction restriction;
        private final Optional<LabelPrior> prior;
        private final SearchKnowledge knowledge;

        Variant(
                TextModelFiles files,
                Restriction restriction,
                Optional<LabelPrior> prior,
                SearchKnowledge knowledge) {
            this.files = files;
            this.restriction = restriction;
            this.prior = prior;
            this.knowledge = knowledge;
        }
    }
}
