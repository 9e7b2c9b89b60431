package io.github.djlctc.examples.decode;

import io.github.djlctc.decode.BeamSearchDecoder;
import io.github.djlctc.decode.LabelPrior;
import io.github.djlctc.decode.LanguageModelUnit;
import io.github.djlctc.examples.common.command.OptionRules;
import io.github.djlctc.examples.decode.data.HotwordFile;
import io.github.djlctc.examples.decode.data.Utterance;
import io.github.djlctc.lm.Lexicon;
import io.github.djlctc.lm.NGramModel;
import io.github.djlctc.text.Alphabet;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Options of the beam search that stay the same while its weights are tuned. */
final class SearchOptions {

    /** The options that ask for a language model. */
    private static final String[] NEED_LANGUAGE_MODEL = {"--lm-unit", "--unk-score"};

    private static final String[] ALL = {
        "--lm",
        "--lm-unit",
        "--unk-score",
        "--lexicon",
        "--prior-weight",
        "--hotwords",
        "--beam-threshold",
        "--token-topk",
        "--token-min-logp"
    };

    private static final String LEXICON_OF_MODEL = "lm";
    private static final double PRIOR_WEIGHT_WITH_LANGUAGE_MODEL = 0.5;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--lm",
            paramLabel = "FILE",
            description = "A language model: ARPA, plain or gzip, or a KenLM binary.")
    private Path languageModel;

    @Option(
            names = "--lm-unit",
            defaultValue = "word",
            paramLabel = "UNIT",
            description =
                    "What the language model's words are: ${COMPLETION-CANDIDATES} (default:"
                            + " ${DEFAULT-VALUE}); tokens are those of the alphabet.")
    private LanguageModelUnit unit;

    @Option(
            names = "--unk-score",
            paramLabel = "X",
            description =
                    "What each word that the language model does not know adds to the score, a"
                            + " natural logarithm (default: -4.5).")
    private Double unknownWordScore;

    @Option(
            names = "--lexicon",
            paramLabel = "FILE",
            description =
                    "Allow only these words: a word list or any text, plain or gzip; or \"lm\" for"
                            + " the words of the language model.")
    private String lexicon;

    @Option(
            names = "--prior-weight",
            paramLabel = "X",
            description =
                    "The share of the model's preference for common labels to take away, 0 to 1; how"
                            + " common they are is estimated from all the emissions (default: 0.5 with"
                            + " --lm, else 0).")
    private Double priorWeight;

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
            names = "--threads",
            defaultValue = "1",
            paramLabel = "N",
            description = "Decode this many utterances at a time (default: ${DEFAULT-VALUE}).")
    private int threads;

    boolean hasLanguageModel() {
        return languageModel != null;
    }

    int threads() {
        return threads;
    }

    /** Rejects what contradicts itself, before anything is read. */
    void check() {
        OptionRules rules = new OptionRules(spec);
        rules.requireAtLeast(1, "--threads", threads);
        if (tokenTopK != null) {
            rules.requireAtLeast(1, "--token-topk", tokenTopK);
        }
        if (!hasLanguageModel()) {
            rules.rejectMeaningless("without --lm", NEED_LANGUAGE_MODEL);
            if (LEXICON_OF_MODEL.equals(lexicon)) {
                throw rules.wrong("--lexicon lm has no meaning without --lm");
            }
        } else if (unit == LanguageModelUnit.TOKEN && LEXICON_OF_MODEL.equals(lexicon)) {
            throw rules.wrong("--lexicon lm needs a language model of words");
        }
    }

    /** Rejects all of them, for a decoder that searches nothing. */
    void rejectAll(String circumstance) {
        new OptionRules(spec).rejectMeaningless(circumstance, ALL);
    }

    /** Reads the files and sets everything but the weights and the beam. */
    BeamSearchDecoder.Builder builder(Alphabet alphabet, List<Utterance> utterances)
            throws IOException {
        BeamSearchDecoder.Builder builder = BeamSearchDecoder.builder().setAlphabet(alphabet);
        try {
            setNumbers(builder);
            setLabelPrior(builder, alphabet, utterances);
            setKnowledge(builder);
        } catch (IllegalArgumentException e) {
            throw new OptionRules(spec).wrong(e.getMessage());
        }
        return builder;
    }

    private void setKnowledge(BeamSearchDecoder.Builder builder) throws IOException {
        NGramModel model = hasLanguageModel() ? NGramModel.read(languageModel) : null;
        if (model != null) {
            builder.optLanguageModel(model).optLanguageModelUnit(unit);
        }
        if (LEXICON_OF_MODEL.equals(lexicon)) {
            builder.optLexicon(Lexicon.of(model));
        } else if (lexicon != null) {
            builder.optLexicon(Lexicon.read(Path.of(lexicon)));
        }
        if (hotwords != null) {
            builder.optHotwords(HotwordFile.read(hotwords));
        }
    }

    private void setLabelPrior(
            BeamSearchDecoder.Builder builder, Alphabet alphabet, List<Utterance> utterances) {
        double byDefault = hasLanguageModel() ? PRIOR_WEIGHT_WITH_LANGUAGE_MODEL : 0;
        double weight = priorWeight == null ? byDefault : priorWeight;
        List<float[]> emissions = utterances.stream().map(Utterance::emissions).toList();
        boolean empty = emissions.stream().allMatch(values -> values.length == 0);
        if (weight != 0 && !empty) {
            builder.optLabelPrior(LabelPrior.estimate(alphabet, emissions), weight);
        }
    }

    private void setNumbers(BeamSearchDecoder.Builder builder) {
        if (unknownWordScore != null) {
            builder.optUnknownWordScore(unknownWordScore);
        }
        if (beamThreshold != null) {
            builder.optBeamThreshold(beamThreshold);
        }
        if (tokenTopK != null) {
            builder.optTokenTopK(tokenTopK);
        }
        if (tokenMinLogProbability != null) {
            builder.optTokenMinLogProbability(tokenMinLogProbability);
        }
    }
}
