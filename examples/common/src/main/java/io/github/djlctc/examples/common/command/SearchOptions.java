package io.github.djlctc.examples.common.command;

import io.github.djlctc.decode.BeamSearchDecoder;
import io.github.djlctc.decode.Hotword;
import io.github.djlctc.decode.HotwordFile;
import io.github.djlctc.decode.LanguageModelCoverage;
import io.github.djlctc.decode.LanguageModelUnit;
import io.github.djlctc.examples.common.decoding.FolderDecoder;
import io.github.djlctc.examples.common.decoding.SearchKnowledge;
import io.github.djlctc.examples.common.serving.ServingArguments;
import io.github.djlctc.lm.Lexicon;
import io.github.djlctc.lm.NGramModel;
import io.github.djlctc.text.Alphabet;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Options of the beam search but the {@linkplain WeightOptions weights that are tuned}: language
 * model, lexicon, hotwords, what words and characters add, pruning.
 */
public final class SearchOptions {

    /** The options that ask for a language model. */
    private static final String[] NEED_LANGUAGE_MODEL = {"--lm-unit", "--unk-score"};

    private static final String[] ALL = {
        "--lm",
        "--lm-unit",
        "--unk-score",
        "--gamma",
        "--empty-word-score",
        "--lexicon",
        "--hotwords",
        "--beam-threshold",
        "--token-topk",
        "--token-min-logp",
        "--mbr"
    };

    private static final String LEXICON_OF_MODEL = "lm";

    /** Each pair of them is compared. */
    private static final int MOST_COMPARED = 10_000;

    /** The command, or another mixin that these options are part of. */
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--lm",
            paramLabel = "FILE",
            description = "A language model: ARPA, plain or gzip, or a KenLM binary.")
    private Path languageModel;

    @Option(
            names = "--lm-unit",
            paramLabel = "UNIT",
            description =
                    "What the language model's words are: ${COMPLETION-CANDIDATES}; tokens are those"
                            + " of the alphabet (default: token if most of its words are tokens,"
                            + " else word).")
    private LanguageModelUnit unit;

    @Option(
            names = "--unk-score",
            paramLabel = "X",
            description =
                    "What each word that the language model does not know adds to the score, a"
                            + " natural logarithm (default: -4.5).")
    private Double unknownWordScore;

    @Option(
            names = "--gamma",
            paramLabel = "X",
            description =
                    "What each character of a word adds to the score (default: 0.5 with a language"
                            + " model of words, else 0).")
    private Double characterBonus;

    @Option(
            names = "--empty-word-score",
            paramLabel = "X",
            description =
                    "What a separator adds to the score that comes first, or after another with a"
                            + " blank between, 0 or less; 0 for models that emit separators in"
                            + " silence (default: -2.3).")
    private Double emptyWordScore;

    @Option(
            names = "--lexicon",
            paramLabel = "FILE",
            description =
                    "Allow only these words: a word list or any text; a lexicon of flashlight,"
                            + " CMUdict or Kaldi, with a word and the tokens that spell it on each"
                            + " line; plain or gzip. Or \"lm\" for the words of the language"
                            + " model.")
    private String lexicon;

    @Option(
            names = "--hotwords",
            paramLabel = "FILE",
            description =
                    "Phrases to favour: a phrase, a tab and a weight on each line, without a weight"
                            + " 5; lines with # are comments.")
    private Path hotwords;

    @Option(
            names = "--beam-threshold",
            paramLabel = "X",
            description = "Drop hypotheses that score this much below the best (default: 10).")
    private Double beamThreshold;

    @Option(
            names = "--token-topk",
            paramLabel = "N",
            description = "Consider only the likeliest N classes of a frame (default: all).")
    private Integer tokenTopK;

    @Option(
            names = "--token-min-logp",
            paramLabel = "X",
            description = "Consider only classes of at least this log probability (default: -7).")
    private Double tokenMinLogProbability;

    @Option(
            names = "--mbr",
            paramLabel = "N",
            description =
                    "Of the N best hypotheses, take the one with the fewest expected errors (minimum"
                            + " Bayes risk), not the one with the greatest score (default: off).")
    private Integer comparedHypotheses;

    /** Creates the options; picocli sets them. */
    public SearchOptions() {}

    /** {@return whether there is a language model} */
    public boolean hasLanguageModel() {
        return languageModel != null;
    }

    /** {@return whether a lexicon is given} */
    public boolean hasLexicon() {
        return lexicon != null;
    }

    /** {@return whether a language model or a lexicon is given} */
    public boolean hasTextModel() {
        return languageModel != null || lexicon != null;
    }

    /** {@return whether there is anything but the emissions to go by} */
    public boolean hasKnowledge() {
        return hasTextModel() || hotwords != null;
    }

    private CommandSpec command() {
        return spec.commandLine().getCommandSpec();
    }

    private OptionRules rules() {
        return new OptionRules(command());
    }

    /**
     * Rejects what contradicts itself, before anything is read.
     *
     * @throws picocli.CommandLine.ParameterException if something does
     */
    public void check() {
        checkNumbers();
        if (!hasLanguageModel()) {
            rules().rejectMeaningless("without --lm", NEED_LANGUAGE_MODEL);
            if (LEXICON_OF_MODEL.equals(lexicon)) {
                throw rules().wrong("--lexicon lm has no meaning without --lm");
            }
        } else if (unit == LanguageModelUnit.TOKEN) {
            rejectLexiconOfTokens();
        }
    }

    /**
     * Rejects what contradicts the decoder of a folder, whose language model and lexicon are used.
     *
     * @param base the decoder
     */
    void checkOver(FolderDecoder base) {
        checkNumbers();
        rules().rejectMeaningless("without --lm", "--lm-unit");
        if (!base.hasLanguageModel()) {
            rules().rejectMeaningless("without a language model", "--unk-score");
        }
    }

    private void checkNumbers() {
        if (comparedHypotheses != null) {
            rules().requireWithin(2, MOST_COMPARED, "--mbr", comparedHypotheses);
        }
        setNumbers(BeamSearchDecoder.builder());
    }

    private void rejectLexiconOfTokens() {
        if (LEXICON_OF_MODEL.equals(lexicon)) {
            throw rules().wrong("--lexicon lm needs a language model of words");
        }
    }

    /**
     * Rejects all of them, for a decoder that searches nothing.
     *
     * @param circumstance why: "with --greedy"
     * @throws picocli.CommandLine.ParameterException if one was given
     */
    public void rejectAll(String circumstance) {
        rules().rejectMeaningless(circumstance, ALL);
    }

    /**
     * Reads the files and sets everything but the weights and the beam.
     *
     * @param alphabet the classes
     * @return the builder of the decoder
     * @throws IOException if a file cannot be read
     * @throws picocli.CommandLine.ParameterException if a value is out of its range
     */
    public BeamSearchDecoder.Builder builder(Alphabet alphabet) throws IOException {
        BeamSearchDecoder.Builder builder = BeamSearchDecoder.builder().setAlphabet(alphabet);
        setNumbers(builder);
        load(alphabet).applyTo(builder, alphabet);
        return builder;
    }

    /**
     * Warns, on the standard error, of a language model that knows less than half of what was
     * decoded.
     *
     * @param coverage how much it knows
     */
    public void warnOfUnknown(LanguageModelCoverage coverage) {
        if (!hasLanguageModel()) {
            return; // That of a model's folder was made of what the model learnt from.
        }
        new LanguageModelChoice(command(), languageModel).check(coverage);
    }

    /**
     * Adds what was given to the arguments of a model that is exported.
     *
     * @param arguments takes it, under the names of {@link io.github.djlctc.serving.CtcArguments}
     */
    public void addTo(ServingArguments arguments) {
        arguments.addFile("ctc.languageModel", languageModel, "language-model");
        arguments.add("ctc.languageModelUnit", unit == null ? null : lowerCase(unit));
        arguments.add("ctc.unknownWordScore", unknownWordScore);
        arguments.add("ctc.gamma", characterBonus);
        arguments.add("ctc.emptyWordScore", emptyWordScore);
        if (LEXICON_OF_MODEL.equals(lexicon)) {
            arguments.add("ctc.lexicon", lexicon);
        } else if (lexicon != null) {
            arguments.addFile("ctc.lexicon", Path.of(lexicon), "lexicon");
        }
        arguments.addFile("ctc.hotwords", hotwords, "hotwords");
        arguments.add("ctc.beamThreshold", beamThreshold);
        arguments.add("ctc.tokenTopK", tokenTopK);
        arguments.add("ctc.tokenMinLogProbability", tokenMinLogProbability);
        arguments.add("ctc.minimumBayesRisk", comparedHypotheses);
    }

    private static String lowerCase(LanguageModelUnit unit) {
        return unit.name().toLowerCase(Locale.ROOT);
    }

    /**
     * Reads the language model, the lexicon and the hotwords, and warns of what hardly fits.
     *
     * @param alphabet the classes
     * @return what there is of them
     * @throws IOException if a file cannot be read
     * @throws picocli.CommandLine.ParameterException if nothing in a file fits
     */
    SearchKnowledge load(Alphabet alphabet) throws IOException {
        try {
            NGramModel model = hasLanguageModel() ? NGramModel.read(languageModel) : null;
            SearchKnowledge knowledge = SearchKnowledge.NONE;
            LanguageModelUnit usedUnit = unit;
            if (model != null) {
                usedUnit = checkedUnit(model, alphabet);
                knowledge = knowledge.withLanguageModel(model, usedUnit);
            }
            Lexicon words = readLexicon(model, usedUnit, alphabet);
            if (words != null) {
                knowledge = knowledge.withLexicon(words, SearchKnowledge.LexiconUse.CLOSED);
            }
            boolean hasSpellings = words != null && !words.spellings().isEmpty();
            return knowledge.withHotwords(readHotwords(hasSpellings, alphabet));
        } catch (IllegalArgumentException e) {
            throw rules().wrong(e.getMessage());
        }
    }

    private LanguageModelUnit checkedUnit(NGramModel model, Alphabet alphabet) {
        LanguageModelChoice choice = new LanguageModelChoice(command(), languageModel);
        LanguageModelUnit usedUnit = unit == null ? choice.unit(model, alphabet) : unit;
        if (usedUnit == LanguageModelUnit.TOKEN) {
            rejectLexiconOfTokens();
        }
        choice.check(model, usedUnit, alphabet);
        return usedUnit;
    }

    private Lexicon readLexicon(NGramModel model, LanguageModelUnit usedUnit, Alphabet alphabet)
            throws IOException {
        if (lexicon == null) {
            return null;
        }
        if (LEXICON_OF_MODEL.equals(lexicon)) {
            return Lexicon.of(model);
        }
        Lexicon words = new LexiconChoice(command(), Path.of(lexicon)).read(alphabet);
        if (model != null && usedUnit == LanguageModelUnit.WORD) {
            new LanguageModelChoice(command(), languageModel).check(words, model, alphabet);
        }
        return words;
    }

    private List<Hotword> readHotwords(boolean hasSpellings, Alphabet alphabet) throws IOException {
        if (hotwords == null) {
            return List.of();
        }
        List<Hotword> phrases = HotwordFile.read(hotwords);
        if (!hasSpellings) {
            new HotwordChoice(command(), hotwords).check(phrases, alphabet);
        }
        return phrases;
    }

    /**
     * Sets what is neither read from a file nor tuned.
     *
     * @param builder the builder of a decoder
     * @throws picocli.CommandLine.ParameterException if a value is out of its range
     */
    void setNumbers(BeamSearchDecoder.Builder builder) {
        OptionRules rules = rules();
        rules.set("--unk-score", unknownWordScore, builder::optUnknownWordScore);
        rules.set("--gamma", characterBonus, builder::optCharacterInsertionBonus);
        rules.set("--empty-word-score", emptyWordScore, builder::optEmptyWordScore);
        rules.set("--beam-threshold", beamThreshold, builder::optBeamThreshold);
        rules.set("--token-topk", tokenTopK, builder::optTokenTopK);
        rules.set("--token-min-logp", tokenMinLogProbability, builder::optTokenMinLogProbability);
        rules.set("--mbr", comparedHypotheses, builder::optMinimumBayesRisk);
    }
}
